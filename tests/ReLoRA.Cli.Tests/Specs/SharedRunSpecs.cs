using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

[Trait("Category", "Slow")]
public sealed class SharedRunSpecs : IDisposable
{
    private const int LongRun = 1500;

    private static readonly string[] OneCell = ["--jobs", "1", "--threads", "1"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void I_can_run_a_sweep_twice_at_once_and_the_two_share_the_work()
    {
        var script = SmallSweep.Write(folder, steps: 150, seeds: 2);
        using var first = Relora.Start(folder, ["run", script, .. OneCell]);
        SmallSweep.WaitForStep(folder, first, 1);

        var second = Relora.Run(folder, ["run", script, .. OneCell]);
        var one = first.Wait();

        one.ShouldSucceed();
        second.ShouldSucceed();
        Assert.Contains(
            $"shared with process {first.Id}, which runs the same plan.",
            second.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("finished by another run", second.Output, StringComparison.Ordinal);
        // Both end with the whole result.
        Assert.Equal(Tables(one), Tables(second));
        foreach (var log in SmallSweep.Logs(folder))
        {
            Assert.Equal(Enumerable.Range(1, 150), log.Records<StepRecord>().Select(step => (int)step.Step));
            Assert.DoesNotContain(
                log.Records<NoteRecord>(),
                note => note.Text.StartsWith("resumed", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void An_edited_script_is_refused_while_the_sweep_runs_as_it_was()
    {
        var script = SmallSweep.Write(folder, steps: LongRun);
        using var first = Relora.Start(folder, "run", script);
        SmallSweep.WaitForStep(folder, first, 1);
        SmallSweep.Write(folder, steps: LongRun, seeds: 2);

        var second = Relora.Run(folder, "run", script);

        second.ShouldBeFault($"The sweep 'small' is being run by process {first.Id} with another plan, of {script}");
        first.Signal("TERM");
        Assert.Equal(130, first.Wait().ExitCode);
    }

    [Fact]
    public void A_worker_that_hangs_is_started_again_at_its_checkpoint()
    {
        var script = SmallSweep.Write(folder, steps: LongRun);
        using var command = Relora.Start(
            folder,
            ["run", script, .. OneCell, "--only", "FullRank*", "--hang-after", "10s"]
        );
        var cell = SmallSweep.WaitForStep(folder, command, 40);
        var worker = CellStatus.Read(cell.StatusPath)!.ProcessId;
        Relora.Kill("STOP", worker);

        var result = command.Wait();

        result.ShouldSucceed();
        Assert.Contains(
            $"process {worker} showed no sign of life for 00:00:10 and was ended; it is started again, 1 of at most 2 times.",
            result.Errors,
            StringComparison.Ordinal
        );
        var log = RunLogReader.Read(cell.LogPath);
        Assert.Contains(
            log.Records<NoteRecord>(),
            note => note.Text.StartsWith("resumed after", StringComparison.Ordinal)
        );
        Assert.Equal(Enumerable.Range(1, LongRun), log.Records<StepRecord>().Select(step => (int)step.Step));
    }

    [Fact]
    public void A_run_that_is_killed_leaves_no_worker_that_trains_on()
    {
        var script = SmallSweep.Write(folder, steps: 20 * LongRun);
        CellFolder cell;
        using (var command = Relora.Start(folder, ["run", script, .. OneCell]))
        {
            cell = SmallSweep.WaitForStep(folder, command, 20);
            command.Signal("KILL");
            command.Wait();
        }

        // The worker holds the cell's lock until it has saved.
        for (var tries = 0; tries < 600; tries++)
        {
            using var held = FileLock.TryAcquire(cell.LockPath, out _);
            if (held is not null)
                break;
            Thread.Sleep(50);
        }

        var status = CellStatus.Read(cell.StatusPath)!;
        Assert.Equal("stopped", status.State);
        Assert.InRange(status.Step, 20, 20 * LongRun - 1);
        Assert.True(
            Directory.Exists(Path.Combine(cell.CheckpointsPath, FormattableString.Invariant($"step_{status.Step}")))
        );
    }

    private static string Tables(ReloraResult result) =>
        result.Output[..result.Output.IndexOf("small: ", StringComparison.Ordinal)];
}
