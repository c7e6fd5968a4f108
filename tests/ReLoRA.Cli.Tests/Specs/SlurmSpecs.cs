using System.Globalization;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>A sweep on a cluster of two nodes, with everything that befalls one. One story, since a cluster's answers take seconds.</summary>
[Trait("Category", "Slow")]
[Collection(OneCluster.Collection)]
public sealed class SlurmSpecs : IDisposable
{
    private const int Steps = 600;

    private readonly TemporaryFolder here = new();
    private readonly TemporaryFolder local = new();

    public void Dispose()
    {
        here.Dispose();
        local.Dispose();
    }

    [Fact]
    public void A_sweep_on_a_cluster_survives_all_that_befalls_it_and_is_what_a_run_on_one_machine_makes()
    {
        Installed.Require(SlurmCluster.Missing);
        using var cluster = new SlurmCluster();
        var (script, straight) = (Script(here), Script(local));
        using var reference = Relora.Start(local, "run", straight, "--jobs", "1", "--threads", "1");

        RefusesAnUnknownPartition(cluster, script);
        var cells = Submit(cluster, script);
        var (first, second) = (cells[0], cells[1]);
        Freeze(cluster, first);
        CancelPart(cluster, script, cells[3]);
        Throttle(cluster, script, second);
        Freeze(cluster, second);
        var cutOff = LoseNode(cluster, "1_1", second);
        KillWorker(cluster, "1_0", first);
        Preempt(cluster, "1_2", cells[2]);
        CutOffWritesNothing(cluster, "1_1", second, cutOff);
        Resubmit(cluster, script, first, cells[3]);
        WarnOfTimeLimit(cluster, cells[3]);
        cluster.WaitFor("the sweep to end", () => cells.All(IsFinished));

        reference.Wait().ShouldSucceed();
        Assert.All(cells, AssertWholeAndOnce);
        Assert.All(cells, cell => AssertEqual(cell, SmallSweep.Runs(local).Cell(cell.Id)));
        Assert.Contains("nothing is missing", Command(cluster, "submit", script).Output, StringComparison.Ordinal);
        cluster.End();
        Assert.Empty(cluster.Processes());
    }

    private static string Script(TemporaryFolder folder) => SmallSweep.Write(folder, steps: Steps, seeds: 2);

    private void RefusesAnUnknownPartition(SlurmCluster cluster, string script)
    {
        var refused = Command(cluster, "submit", script, "--slurm", "--partition", "nowhere");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Partitions here: low, high. Correct --partition.", refused.Errors, StringComparison.Ordinal);
    }

    private List<CellFolder> Submit(SlurmCluster cluster, string script)
    {
        var submitted = Command(cluster, "submit", script, "--slurm", "--partition", "low", "--array-limit", "1");
        submitted.ShouldSucceed();
        Assert.Contains("small: 4 cells in 4 tasks, job 1.", submitted.Output, StringComparison.Ordinal);
        cluster.WaitFor("the first task", () => cluster.State("1_0").StartsWith("RUNNING", StringComparison.Ordinal));
        Assert.StartsWith("PENDING JobArrayTaskLimit", cluster.State("1_1"), StringComparison.Ordinal);
        var runs = SmallSweep.Runs(here);
        return
        [
            .. SlurmJob
                .Read(runs.Sweep("small").SlurmJobPath("1"))!
                .Tasks.Select(task => runs.Cell(Assert.Single(task))),
        ];
    }

    /// <summary>Lets a worker that has saved stand still, so that it does not finish while the machine is busy with something else.</summary>
    private static void Freeze(SlurmCluster cluster, CellFolder cell)
    {
        cluster.WaitFor($"{cell.Id} to save", () => Saved(cell) > 0);
        Relora.Kill("STOP", CellStatus.Read(cell.StatusPath)!.ProcessId);
        Assert.Equal("running", CellStatus.Read(cell.StatusPath)!.State);
    }

    private void Throttle(SlurmCluster cluster, string script, CellFolder cell)
    {
        // Of all cells it would submit the one again that was cancelled.
        var limited = Command(cluster, "submit", script, "--only", cell.Id, "--array-limit", "2");
        Assert.Contains("Job 1: at most 2 tasks at once", limited.Errors, StringComparison.Ordinal);
        Assert.Contains("nothing was submitted", limited.Output, StringComparison.Ordinal);
        cluster.WaitFor("the second task", () => cluster.State("1_1").StartsWith("RUNNING", StringComparison.Ordinal));
    }

    private void CancelPart(SlurmCluster cluster, string script, CellFolder cell)
    {
        var cancelled = Command(cluster, "cancel", script, "--only", cell.Id);
        Assert.Contains("small: cancelled 1 task that waited (1_[3]", cancelled.Output, StringComparison.Ordinal);
        // Slurm forgets at once what had not begun.
        Assert.Matches("^$|^CANCELLED", cluster.State("1_3"));
        Assert.StartsWith("PENDING JobArrayTaskLimit", cluster.State("1_2"), StringComparison.Ordinal);
    }

    /// <summary>Kills a node's daemon and its step, and lets what the step trained stand still: as a node that is cut off looks from elsewhere.</summary>
    private static List<int> LoseNode(SlurmCluster cluster, string task, CellFolder cell)
    {
        var node = cluster.State(task).Split(' ')[2];
        List<int> cutOff = [CellOwner.Read(cell.OwnerPath)!.ProcessId, CellStatus.Read(cell.StatusPath)!.ProcessId];
        var step = Parent(cutOff[0]);
        Relora.Kill("KILL", cluster.Daemon(node));
        // Who stands still when the step dies is hung up by the kernel, and would end.
        Relora.Kill("CONT", cutOff[1]);
        Relora.Kill("KILL", step);
        // Not until it has no children: its first thread may be seen to have ended while others of it have not.
        cluster.WaitFor("the step to be gone", () => Parent(cutOff[0]) != step);
        cutOff.ForEach(process => Relora.Kill("STOP", process));
        // The controller would notice by itself within half a minute; on a busy machine it would also lose nodes that are well.
        cluster.Run("scontrol", "update", $"NodeName={node}", "State=DOWN", "Reason=lost");
        cluster.WaitFor(
            "the lost task to wait",
            () => cluster.State(task).StartsWith("PENDING", StringComparison.Ordinal)
        );
        // Until its turn has come: on a busy machine it would be back too early.
        cluster.Run("scontrol", "hold", task);
        return cutOff;
    }

    private void KillWorker(SlurmCluster cluster, string task, CellFolder cell)
    {
        Relora.Kill("KILL", CellStatus.Read(cell.StatusPath)!.ProcessId);
        cluster.WaitFor(
            "the task to tell of its worker",
            () => cluster.State(task).StartsWith("FAILED", StringComparison.Ordinal)
        );
        var status = Command(cluster, "status", SmallSweep.Runs(here).Root);
        Assert.Contains("the worker was ended by signal 9", status.Output, StringComparison.Ordinal);
    }

    private void Preempt(SlurmCluster cluster, string task, CellFolder cell)
    {
        cluster.WaitFor("the third task to save", () => Saved(cell) > 0);
        var node = cluster.State(task).Split(' ')[2];
        cluster.Run("sbatch", "-p", "high", "-w", node, "-o", "/dev/null", "--wrap", "true");
        cluster.WaitFor("the preempted task to save", () => Sittings("1", 2)[0].Ended.Length > 0);
        Assert.Equal("ended by the scheduler: saved", Sittings("1", 2)[0].Why);
    }

    private void CutOffWritesNothing(SlurmCluster cluster, string task, CellFolder cell, List<int> cutOff)
    {
        cluster.Run("scontrol", "release", task);
        cluster.WaitFor("the lost task to begin again", () => CellOwner.Read(cell.OwnerPath)!.Restart > 0);
        // Not before: a node that is back is told at once what it missed, the end of the lost task among it, and would end the new one.
        cluster.StartDaemon(Sittings("1", 1)[0].Node);
        var before = File.ReadAllBytes(cell.LogPath);
        cutOff.ForEach(process => Relora.Kill("CONT", process));
        cluster.WaitFor("what was cut off to end", () => cutOff.All(process => !IsAlive(process)));
        // Either it is as it was, or its successor has begun to write its own in the place of it.
        var after = File.ReadAllBytes(cell.LogPath);
        Assert.True(
            after.AsSpan().StartsWith(before)
                || Sittings("1", 1).Count > 1 && CellStatus.Read(cell.StatusPath)!.ProcessId != cutOff[1]
        );
        Assert.Equal(0, Sittings("1", 1)[0].Restart);
        Assert.Equal(CellOwner.Read(cell.OwnerPath)!.Restart, Sittings("1", 1)[^1].Restart);
        Assert.True(Sittings("1", 1)[0].Ended.Length == 0, Sittings("1", 1)[0].ToString());
        Assert.Contains(
            "was cut off and replaced by 1_1_",
            File.ReadAllText(cell.WorkerLogPath),
            StringComparison.Ordinal
        );
    }

    private void Resubmit(SlurmCluster cluster, string script, CellFolder failed, CellFolder cancelled)
    {
        var again = Command(cluster, "submit", script, "--partition", "low");
        again.ShouldSucceed();
        Assert.Contains("small: 2 cells in 2 tasks", again.Output, StringComparison.Ordinal);
        var job = SlurmJob.Read(SmallSweep.Runs(here).Sweep("small").SlurmJobPath(LastJob()))!;
        Assert.Equal([failed.Id, cancelled.Id], job.Tasks.Select(Assert.Single));
    }

    private void WarnOfTimeLimit(SlurmCluster cluster, CellFolder cell)
    {
        var job = LastJob();
        cluster.WaitFor("the second job to save", () => Saved(cell) > 0 || IsFinished(cell));
        Assert.False(IsFinished(cell), "it is finished before it could be warned");
        // What --signal=B:USR1@120 does two minutes before a limit.
        cluster.Run("scancel", "--batch", "--signal=USR1", $"{job}_1");
        cluster.WaitFor("the warned task to begin again", () => Sittings(job, 1).Count == 2);
        Assert.Equal("time limit: saved", Sittings(job, 1)[0].Why);
    }

    private string LastJob() =>
        Directory
            .GetFiles(SmallSweep.Runs(here).Sweep("small").SlurmPath, "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => !name.Contains('_', StringComparison.Ordinal))
            .MaxBy(name => int.Parse(name, CultureInfo.InvariantCulture))!;

    private IReadOnlyList<SlurmSitting> Sittings(string job, int task) =>
        SlurmTask.Read(SmallSweep.Runs(here).Sweep("small").SlurmTaskPath(job, task))?.Sittings ?? [];

    private ReloraResult Command(SlurmCluster cluster, params string[] arguments)
    {
        using var command = Relora.Start(here, cluster.Variables, arguments);
        return command.Wait();
    }

    private static int Saved(CellFolder cell) =>
        Directory.Exists(cell.CheckpointsPath) ? Directory.GetDirectories(cell.CheckpointsPath, "step_*").Length : 0;

    private static bool IsFinished(CellFolder cell) =>
        File.Exists(cell.LogPath) && RunLogReader.Read(cell.LogPath).IsFinished;

    private static bool IsAlive(int process) =>
        File.Exists($"/proc/{process}/stat")
        && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static int Parent(int process) =>
        int.Parse(
            File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("PPid:", StringComparison.Ordinal))[
                5..
            ],
            CultureInfo.InvariantCulture
        );

    private static void AssertWholeAndOnce(CellFolder cell)
    {
        var log = RunLogReader.Read(cell.LogPath);
        Assert.Empty(log.Damages);
        Assert.Equal(Enumerable.Range(1, Steps), log.Records<StepRecord>().Select(step => (int)step.Step));
        Assert.Single(log.Records<EndRecord>());
    }

    private static void AssertEqual(CellFolder cell, CellFolder straight) =>
        Assert.Equal(LogText.Comparable(straight.LogPath), LogText.Comparable(cell.LogPath));
}
