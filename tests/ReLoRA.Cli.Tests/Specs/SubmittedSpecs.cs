using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Looking on and cancelling as a user types it, with programs that only look like Slurm's.</summary>
[Trait("Category", "Slow")]
[UnsupportedOSPlatform("windows")]
public sealed class SubmittedSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void I_see_where_my_cells_are_and_why_they_wait()
    {
        FakeSlurm.Submit(folder, "12", "aaaaaaaaaaaa", "bbbbbbbbbbbb");
        var slurm = new FakeSlurm(folder).Program(
            "squeue",
            "[ -n \"$SQUEUE_FORMAT\" ] && exit 7\necho '12|0|PENDING|JobArrayTaskLimit||relora-small'\necho '12|1|PENDING|PartitionTimeLimit||relora-small'"
        );

        // A format of the user's own is none of the command's business.
        var result = Run(slurm, new() { ["SQUEUE_FORMAT"] = "%i" }, "status", "runs");

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("task 12_0  waits for its turn", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 cell waits since 2026-11-28 12:00 UTC (", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            "and will not begin without help: The partition lets a job have less time (--time, --partition).",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(["squeue -h -r -t all -j 12 -o %F|%K|%T|%r|%N|%j"], slurm.Calls);
    }

    [Fact]
    public void I_see_what_the_logs_say_where_there_is_no_Slurm()
    {
        FakeSlurm.Submit(folder, "12", "aaaaaaaaaaaa");
        using var command = Relora.Start(
            folder,
            new Dictionary<string, string> { ["PATH"] = "/nowhere" },
            "status",
            "runs",
            "--json"
        );
        var result = command.Wait();

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        var sweep = JsonNode.Parse(result.Output)![0]!;
        Assert.StartsWith(
            "There is no Slurm here: squeue",
            (string?)sweep["slurm"]!["fault"],
            StringComparison.Ordinal
        );
        Assert.Equal("unknown", (string?)sweep["cells"]![0]!["slurm"]!["standing"]);
    }

    [Fact]
    public void I_can_cancel_some_cells_and_am_told_what_was_done()
    {
        FakeSlurm.Submit(folder, "12", "aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc");
        var slurm = new FakeSlurm(folder).Program(
            "squeue",
            "for task in 0 1 2; do echo \"12|$task|PENDING|Priority||relora-small\"; done"
        );

        var result = Run(slurm, [], "cancel", "small", "--only", "r[02]*", "--only", "r0", "--only", "cccccccccccc");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--only 'r[02]*' matches none of the 3 cells", result.Errors, StringComparison.Ordinal);

        result = Run(slurm, [], "cancel", "small", "--only", "r0", "--only", "cccccccccccc");

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Equal("small: cancelled 2 tasks that waited (12_[0,2]; 2 cells).\n", result.Output);
        Assert.Equal("scancel 12_[0,2]", slurm.Calls[^1]);
    }

    [Fact]
    public void I_am_told_that_there_is_nothing_to_cancel()
    {
        FakeSlurm.Submit(folder, "12", "aaaaaaaaaaaa");
        var slurm = new FakeSlurm(folder).Program("squeue", "echo 'Invalid job id specified' >&2; exit 1");

        var result = Run(slurm, [], "cancel", "runs");

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Equal(
            "small: nothing to cancel: none of the chosen cells is in a task that waits or runs.\n",
            result.Output
        );
        Assert.Single(slurm.Calls);
    }

    [Fact]
    public void I_can_copy_what_comes_next_though_the_folder_has_spaces()
    {
        var slurm = new FakeSlurm(folder).Program("sbatch", "cat >/dev/null; echo 12");
        var result = Run(slurm, [], "submit", SmallSweep.Write(folder), "--runs", "runs of mine");
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains(
            $"relora status '{folder.File("runs of mine")}'    Take them back: relora cancel '{folder.File("runs of mine")}' --sweep small",
            result.Output,
            StringComparison.Ordinal
        );
    }

    private ReloraResult Run(FakeSlurm slurm, Dictionary<string, string> variables, params string[] arguments)
    {
        using var command = Relora.Start(folder, slurm.Variables.Concat(variables).ToDictionary(), arguments);
        return command.Wait();
    }
}
