using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class StoppedRunTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task Fail_fast_starts_no_further_cell()
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 3)");
        var launcher = new FakeLauncher((_, _) => Task.FromResult(1));
        var result = await fixture.RunAsync(
            plan,
            launcher,
            new RunOptions
            {
                Jobs = 1,
                Threads = 1,
                FailFast = true,
            }
        );
        Assert.Single(launcher.Starts);
        Assert.Equal((1, 2), (result.ExitCode, result.Count(CellOutcome.NotStarted)));
        Assert.Contains(
            "not started: FullRank Seed=42 failed, and --fail-fast is given",
            fixture.Lines,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task When_the_time_is_up_no_further_cell_starts_and_the_running_one_is_finished()
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 2).Budget(wall: TimeSpan.FromMilliseconds(200))");
        var launcher = new FakeLauncher(
            async (cell, _) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(400));
                return FakeWorker.Finish(cell);
            }
        );
        var result = await fixture.RunAsync(plan, launcher);
        Assert.Equal(
            (0, 1, 1),
            (result.ExitCode, result.Count(CellOutcome.Finished), result.Count(CellOutcome.NotStarted))
        );
        Assert.Contains(
            "Not started: the sweep's time of 00:00:00.2000000 is up; run it again to go on.",
            RunText.Summary(result, "runs"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_stop_from_outside_is_no_success()
    {
        var plan = await fixture.PlanAsync("");
        var result = await fixture.RunAsync(plan, new FakeLauncher((_, _) => Task.FromResult(WorkerExit.Stopped)));
        Assert.Equal((1, CellOutcome.Stopped), (result.ExitCode, result.Cells[0].Outcome));
    }

    [Fact]
    public async Task The_first_signal_stops_the_workers_and_starts_no_more()
    {
        var plan = await fixture.PlanAsync();
        var launcher = new FakeLauncher(
            async (_, worker) =>
            {
                fixture.Stop.Request(_ => { });
                await worker.StopRequested;
                Assert.False(worker.Killed.IsCompleted);
                return WorkerExit.Stopped;
            }
        );
        var result = await fixture.RunAsync(plan, launcher);
        Assert.Single(launcher.Starts);
        Assert.Equal(130, result.ExitCode);
        Assert.Equal([CellOutcome.Stopped, CellOutcome.NotStarted], result.Cells.Select(cell => cell.Outcome));
    }

    [Fact]
    public async Task The_second_signal_ends_the_workers()
    {
        var said = new List<string>();
        var launcher = new FakeLauncher(
            async (_, worker) =>
            {
                fixture.Stop.Request(said.Add);
                fixture.Stop.Request(said.Add);
                await worker.Killed;
                return 137;
            }
        );
        var result = await fixture.RunAsync(await fixture.PlanAsync(""), launcher);
        Assert.Equal((130, CellOutcome.Stopped), (result.ExitCode, result.Cells[0].Outcome));
        Assert.Equal(
            [
                "Stopping: the workers save a checkpoint and end. Once more to end them at once.",
                "Ending the workers at once.",
            ],
            said
        );
    }

    [Fact]
    public async Task A_cell_that_another_sweep_trains_is_waited_for_and_not_repeated()
    {
        var plan = await fixture.PlanAsync("");
        var cell = fixture.Cell(plan, 0);
        var held = FileLock.TryAcquire(cell.LockPath, out _)!;
        var launcher = FakeLauncher.Finishing();
        var run = fixture.RunAsync(plan, launcher);
        while (!fixture.Lines.Contains("waiting for it", StringComparison.Ordinal))
            await Task.Delay(10);
        FakeWorker.Finish(cell);
        held.Dispose();
        Assert.Equal(CellOutcome.FinishedElsewhere, (await run).Cells[0].Outcome);
        Assert.Empty(launcher.Starts);
        Assert.Contains(
            $"is being trained by process {Environment.ProcessId}: waiting for it.",
            fixture.Lines,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Waiting_for_another_sweeps_cell_ends_with_a_signal()
    {
        var plan = await fixture.PlanAsync("");
        using var held = FileLock.TryAcquire(fixture.Cell(plan, 0).LockPath, out _);
        var run = fixture.RunAsync(plan, FakeLauncher.Finishing());
        fixture.Stop.Request(_ => { });
        Assert.Equal(CellOutcome.NotStarted, (await run).Cells[0].Outcome);
    }
}
