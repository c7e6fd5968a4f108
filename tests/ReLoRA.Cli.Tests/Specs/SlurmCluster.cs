using System.Diagnostics;
using System.Globalization;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>A throwaway cluster of two nodes on this machine: tests/Fixtures/slurm/fixture.sh.</summary>
internal sealed class SlurmCluster : IDisposable
{
    private const int FirstPort = 20_000;
    private const int Ports = 10_000;
    private const int LogLines = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder folder = new();
    private readonly Process fixture;

    /// <summary>Starts it, and waits until its nodes are idle.</summary>
    public SlurmCluster()
    {
        var start = new ProcessStartInfo(
            "bash",
            [
                Repository.PathOf("tests", "Fixtures", "slurm", "fixture.sh"),
                folder.Path,
                "bash",
                "-c",
                $"touch '{folder.File("ready")}'; exec sleep 600",
            ]
        )
        {
            RedirectStandardError = true,
        };
        start.Environment["PORT"] = (FirstPort + Environment.ProcessId % Ports * 4).ToString(
            CultureInfo.InvariantCulture
        );
        start.Environment["LOST"] = "120";
        fixture = Process.Start(start)!;
        WaitFor("the cluster to start", () => File.Exists(folder.File("ready")));
    }

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Missing =>
        new[] { "/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/sbin/munged", "/usr/bin/sbatch" }.FirstOrDefault(
            path => !File.Exists(path)
        )
            is { } path
            ? $"There is no {path} here: apt-get install slurm-wlm munge"
        : Environment.UserName != "root" ? "The fixture's daemons run as root."
        : null;

    /// <summary>What a command needs to find it.</summary>
    public IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string> { ["SLURM_CONF"] = folder.File("slurm.conf") };

    /// <summary>Runs one of the scheduler's programs.</summary>
    public string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("timeout", ["20", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLURM_CONF"] = folder.File("slurm.conf");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0,
            $"{program} {string.Join(' ', arguments)}: {process.ExitCode} {output} {errors.Result}"
        );
        return output;
    }

    /// <summary>A task's state, reason and node, with a space between.</summary>
    public string State(string task) => Run("squeue", "-h", "-r", "-t", "all", "-j", task, "-o", "%T %r %N");

    /// <summary>The process of a node's daemon.</summary>
    public int Daemon(string node) =>
        int.Parse(File.ReadAllText(folder.File("run", $"{node}.daemon")), CultureInfo.InvariantCulture);

    /// <summary>Starts a node's daemon again, which was killed.</summary>
    public void StartDaemon(string node)
    {
        // It writes to nobody's pipe, which would end it.
        var start = new ProcessStartInfo(
            "bash",
            ["-c", $"exec slurmd -D -f '{folder.File("slurm.conf")}' -N {node} >/dev/null 2>&1 </dev/null"]
        );
        start.Environment["SLURM_CONF"] = folder.File("slurm.conf");
        using var daemon = Process.Start(start)!;
    }

    /// <summary>Waits for something.</summary>
    public void WaitFor(string what, Func<bool> happened)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            Assert.False(
                fixture.HasExited,
                $"the cluster ended: {(fixture.HasExited ? fixture.StandardError.ReadToEnd() : "")}"
            );
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                Assert.Fail(
                    $"waited in vain for {what}: {Run("squeue", "-r", "-t", "all")} {Run("sinfo", "-N", "-l")} {Logs()}"
                );
            Thread.Sleep(100);
        }
    }

    /// <summary>Processes that belong to the cluster, its jobs' among them.</summary>
    public IReadOnlyList<string> Processes()
    {
        var mark = $"SLURM_CONF={folder.File("slurm.conf")}\0";
        return
        [
            .. Directory
                .GetDirectories("/proc")
                .Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _))
                .Where(path => Read(path, "environ").Contains(mark, StringComparison.Ordinal))
                .Select(path => $"{Path.GetFileName(path)}: {Read(path, "cmdline").Replace('\0', ' ')}"),
        ];
    }

    /// <summary>Ends it, and all that it started.</summary>
    public void End()
    {
        if (!fixture.HasExited)
            Relora.Kill("TERM", fixture.Id);
        Assert.True(fixture.WaitForExit(Patience), "the fixture did not end");
    }

    public void Dispose()
    {
        End();
        fixture.Dispose();
        folder.Dispose();
    }

    /// <summary>The ends of what the daemons have logged.</summary>
    private string Logs() =>
        string.Join(
            '\n',
            Directory
                .GetFiles(folder.File("log"), "*.log")
                .Order(StringComparer.Ordinal)
                .Select(path =>
                    $"{Path.GetFileName(path)}:\n{string.Join('\n', File.ReadLines(path).TakeLast(LogLines))}"
                )
        );

    private static string Read(string process, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
