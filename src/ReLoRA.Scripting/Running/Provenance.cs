using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Hosting;

namespace ReLoRA.Scripting.Running;

/// <summary>Where a plan came from: texts, versions and machine, as they stand in <c>sweep.json</c>.</summary>
public static class Provenance
{
    /// <summary>Gathers it.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="clock">The time of creation.</param>
    public static IReadOnlyDictionary<string, string> Of(
        LoadedScript script,
        IReadOnlyList<string> arguments,
        TimeProvider clock
    )
    {
        var map = new Dictionary<string, string>
        {
            ["created"] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["script"] = Path.GetFileName(script.Path),
            ["script_path"] = script.Path,
            ["arguments"] = string.Join(' ', arguments),
            ["git_commit"] = Git(script.Folder, "rev-parse", "HEAD"),
            ["git_changes"] = Git(script.Folder, "status", "--porcelain", "--untracked-files=no"),
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["system"] = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
            ["machine"] = Environment.MachineName,
            ["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (path, text) in script.Sources)
            map[$"text:{Path.GetRelativePath(script.Folder, path)}"] = text;
        foreach (var assembly in (Assembly[])[typeof(Provenance).Assembly, typeof(RunConfig).Assembly])
        {
            map[$"version:{assembly.GetName().Name}"] = $"{assembly.GetName().Version}";
            foreach (var used in assembly.GetReferencedAssemblies().Where(used => !IsFramework(used)))
                map[$"version:{used.Name}"] = $"{used.Version}";
        }
        return map;
    }

    private static bool IsFramework(AssemblyName name) =>
        name.Name is null or "mscorlib" or "netstandard" || name.Name.StartsWith("System.", StringComparison.Ordinal);

    /// <summary>What git says; empty where there is no git or no repository.</summary>
    private static string Git(string folder, params string[] arguments)
    {
        try
        {
            using var git = Process.Start(
                new ProcessStartInfo("git", ["-C", folder, .. arguments])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output.Trim() : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
