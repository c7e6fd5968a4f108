using System.Text.Json.Nodes;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Looking on, cancelling and waiting, on a real cluster of two nodes. One story, since a cluster's answers take seconds.</summary>
[Trait("Category", "Slow")]
[Collection(OneCluster.Collection)]
public sealed class SlurmStatusSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void I_see_what_waits_and_runs_and_I_can_cancel_and_wait()
    {
        Installed.Require(SlurmCluster.Missing);
        using var cluster = new SlurmCluster();
        var script = SmallSweep.Write(folder, steps: 150);

        Command(cluster, "submit", script, "--array-limit", "1").ShouldSucceed();
        var worker = SeesWhatRunsAndWaits(cluster);
        SeesWhatWaitsForEver(cluster);
        CancelsAndSeesIt(cluster, script, worker);
        EndsTheWaitingAlone(cluster, script);
        WaitsToTheEnd(cluster, script);

        cluster.End();
        Assert.Empty(cluster.Processes());
    }

    /// <summary>The worker stands still afterwards: it is not to finish while the machine is busy with something else.</summary>
    private int SeesWhatRunsAndWaits(SlurmCluster cluster)
    {
        var first = Runs.Cell(SlurmJob.Read(Runs.Sweep("small").SlurmJobPath("1"))!.Tasks[0][0]);
        cluster.WaitFor("a cell to be trained", () => CellStatus.Read(first.StatusPath)?.State == "running");
        var worker = CellStatus.Read(first.StatusPath)!.ProcessId;
        Relora.Kill("STOP", worker);
        var cells = Cells(cluster);
        Assert.Equal(["running", "waiting"], cells.Select(Standing));
        Assert.StartsWith("node", (string?)cells[0]["slurm"]!["node"], StringComparison.Ordinal);
        Assert.StartsWith("waits for its turn", (string?)cells[1]["slurm"]!["why"], StringComparison.Ordinal);
        return worker;
    }

    private void SeesWhatWaitsForEver(SlurmCluster cluster)
    {
        cluster.Run("scontrol", "uhold", "1_1");
        Assert.Equal("stuck", Standing(Cells(cluster)[1]));
        Assert.Contains(
            "and will not begin without help: They are held: scontrol release 1 (ReLoRA)",
            Command(cluster, "status", Runs.Root).Output,
            StringComparison.Ordinal
        );
        cluster.Run("scontrol", "release", "1");
        Assert.Equal("waiting", Standing(Cells(cluster)[1]));
    }

    private void CancelsAndSeesIt(SlurmCluster cluster, string script, int worker)
    {
        Assert.Contains(
            "small: cancelled 1 task that waited (1_[1]; 1 cell).",
            Command(cluster, "cancel", script, "--only", "relora").Output,
            StringComparison.Ordinal
        );
        // Slurm forgets at once what had not begun, unless it was held or released in between.
        Assert.Contains(Standing(Cells(cluster)[1]), (string[])["ended", "forgotten"]);
        Assert.Contains(
            "small: cancelled 1 task that ran (1_[0]; 1 cell).",
            Command(cluster, "cancel", "small").Output,
            StringComparison.Ordinal
        );
        Relora.Kill("CONT", worker);
        cluster.WaitFor("the tasks to end", () => Cells(cluster).All(cell => Standing(cell) is "ended" or "forgotten"));
        Assert.StartsWith("was cancelled", (string?)Cells(cluster)[0]["slurm"]!["why"], StringComparison.Ordinal);
        Assert.Contains(
            "small: nothing to cancel",
            Command(cluster, "cancel", script).Output,
            StringComparison.Ordinal
        );
    }

    private void EndsTheWaitingAlone(SlurmCluster cluster, string script)
    {
        using var waiting = Relora.Start(folder, cluster.Variables, "submit", script, "--wait");
        cluster.WaitFor("the tasks", () => Cells(cluster).All(cell => Standing(cell) is "running" or "waiting"));
        // It is told by then, since it looks before it waits.
        Thread.Sleep(TimeSpan.FromSeconds(1));
        waiting.Signal("INT");
        var result = waiting.Wait();
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("small: no longer waiting. Its tasks go on", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Cells(cluster), cell => Standing(cell) is "ended" or "forgotten");
    }

    private void WaitsToTheEnd(SlurmCluster cluster, string script)
    {
        var result = Command(cluster, "submit", script, "--wait");
        result.ShouldSucceed();
        Assert.Contains("small: all tasks have ended; 2 of 2 cells finished.", result.Errors, StringComparison.Ordinal);
        Assert.All(SmallSweep.Logs(folder), log => Assert.True(log.IsFinished));
        Assert.Equal(2, SmallSweep.Logs(folder).Count);
        Assert.All(Cells(cluster), cell => Assert.Null(cell["slurm"]));
    }

    private RunsFolder Runs => SmallSweep.Runs(folder);

    private List<JsonNode> Cells(SlurmCluster cluster) =>
        [
            .. JsonNode.Parse(Command(cluster, "status", Runs.Root, "--json").Output)![0]!["cells"]!
                .AsArray()
                .Select(cell => cell!),
        ];

    // Of a cell that is finished there is nothing to explain.
    private static string? Standing(JsonNode cell) =>
        cell["slurm"] is { } place ? (string?)place["standing"] : "running";

    private ReloraResult Command(SlurmCluster cluster, params string[] arguments)
    {
        using var command = Relora.Start(folder, cluster.Variables, arguments);
        return command.Wait();
    }
}
