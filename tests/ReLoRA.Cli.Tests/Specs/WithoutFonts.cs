using System.Diagnostics;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>The command where the places of fonts are empty: in a mount namespace, which only some users may make.</summary>
internal static class WithoutFonts
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string[] Places = ["/usr/share/fonts", "/usr/local/share/fonts"];

    /// <summary>Runs the command to its end; skips the running test where no such namespace can be made.</summary>
    public static ReloraResult Run(TemporaryFolder folder, params string[] arguments)
    {
        var places = Places.Where(Directory.Exists).ToList();
        if (!OperatingSystem.IsLinux() || places.Count == 0)
            Assert.Skip("fonts are looked for in other places on this machine, or there are none");
        var empty = string.Join(" && ", places.Select(place => $"mount -t tmpfs none {place}"));
        if (Start(folder, empty, []).ExitCode != 0)
            Assert.Skip("this user may not make a mount namespace: no machine without fonts to try");
        // What the command would find is counted where it runs: the test must not pass because the fonts were still there.
        var none = $"test -z \"$(find {string.Join(' ', places)} -name '*.ttf')\"";
        return Start(
            folder,
            $"{empty} && {none} && HOME={folder.Path} exec \"$0\" \"$@\"",
            [Path.Combine(AppContext.BaseDirectory, "relora"), .. arguments]
        );
    }

    private static ReloraResult Start(TemporaryFolder folder, string script, string[] arguments)
    {
        var start = new ProcessStartInfo("unshare")
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["--mount", "sh", "-c", script, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(Patience), "the command did not end");
        return new ReloraResult(process.ExitCode, output.Result, errors.Result);
    }
}
