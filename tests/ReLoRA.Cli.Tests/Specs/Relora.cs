using System.Diagnostics;
using System.Globalization;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>The command as a user starts it: a process of its own.</summary>
internal sealed class Relora : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private Relora(string folder, string[] arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "relora"))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment[ScriptHostOptions.CacheVariable] = "off";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.StandardInput.Close();
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => process.HasExited;

    public int Id => process.Id;

    /// <summary>Starts the command in a folder and leaves it running.</summary>
    public static Relora Start(TemporaryFolder folder, params string[] arguments) => new(folder.Path, arguments);

    /// <summary>Starts the command with environment variables of its own.</summary>
    public static Relora Start(
        TemporaryFolder folder,
        IReadOnlyDictionary<string, string> variables,
        params string[] arguments
    ) => new(folder.Path, arguments, variables);

    /// <summary>Runs the command to its end.</summary>
    public static ReloraResult Run(TemporaryFolder folder, params string[] arguments)
    {
        using var command = Start(folder, arguments);
        return command.Wait();
    }

    public ReloraResult Wait()
    {
        Assert.True(process.WaitForExit(Patience), "the command did not end");
        return new ReloraResult(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>The workers that it has started and that have not ended.</summary>
    public IReadOnlyList<int> Workers()
    {
        try
        {
            return
            [
                .. Directory
                    .GetDirectories($"/proc/{process.Id}/task")
                    .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' '))
                    .Where(id => id.Length > 0)
                    .Where(id =>
                        File.ReadAllText($"/proc/{id}/cmdline").Contains("\0worker\0", StringComparison.Ordinal)
                    )
                    .Select(id => int.Parse(id, CultureInfo.InvariantCulture)),
            ];
        }
        catch (IOException)
        {
            return [];
        }
    }

    public void Signal(string name) => Kill(name, process.Id);

    public static void Kill(string signal, int processId)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{processId}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
