using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class HungWorkerTests : IDisposable
{
    private static readonly RunOptions Impatient = new()
    {
        Jobs = 1,
        Threads = 1,
        HangAfter = TimeSpan.FromMilliseconds(400),
    };

    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_hung_worker_is_ended_and_the_cell_goes_on_in_a_new_one()
    {
        var plan = await fixture.PlanAsync("");
        var launcher = new FakeLauncher(
            async (cell, worker) =>
            {
                if (worker.Id > 1001)
                    return FakeWorker.Finish(cell);
                await worker.Killed;
                return 137;
            }
        );
        var result = await fixture.RunAsync(plan, launcher, Impatient);
        Assert.Equal((0, 2), (result.ExitCode, launcher.Starts.Count));
        Assert.Contains(
            "FullRank: process 1001 showed no sign of life for 00:00:00.4000000 and was ended; it is started again, 1 of at most 2 times.",
            fixture.Lines,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Processes_that_ended_themselves_since_one_was_stuck_begin_again_too()
    {
        var plan = await fixture.PlanAsync("");
        var launcher = new FakeLauncher(
            (cell, worker) => Task.FromResult(worker.Id > 1001 ? FakeWorker.Finish(cell) : WorkerExit.Stuck)
        );
        var result = await fixture.RunAsync(plan, launcher, Impatient with { Ranks = 2 });
        Assert.Equal((0, 2), (result.ExitCode, launcher.Starts.Count));
        Assert.Contains("it is started again, 1 of at most 2 times.", fixture.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_always_hangs_fails_in_the_end()
    {
        var plan = await fixture.PlanAsync();
        var launcher = new FakeLauncher(
            async (cell, worker) =>
            {
                if (cell.Id != plan.Cells[0].Id)
                    return FakeWorker.Finish(cell);
                await worker.Killed;
                return 137;
            }
        );
        var result = await fixture.RunAsync(plan, launcher, Impatient);
        Assert.Equal((1, 1 + RunOptions.MostRestarts + 1), (result.ExitCode, launcher.Starts.Count));
        Assert.StartsWith(
            "the worker hung 3 times: no sign of life for 00:00:00.4000000",
            result.Failures[0].Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_worker_whose_heart_beats_may_take_as_long_as_it_likes()
    {
        var plan = await fixture.PlanAsync("");
        var launcher = new FakeLauncher(
            async (cell, worker) =>
            {
                for (var beat = 0; beat < 20; beat++)
                {
                    await File.WriteAllTextAsync(cell.HeartbeatPath, "");
                    await Task.Delay(80);
                    Assert.False(worker.Killed.IsCompleted);
                }
                return FakeWorker.Finish(cell);
            }
        );
        var options = Impatient with { HangAfter = TimeSpan.FromSeconds(1) };
        var result = await fixture.RunAsync(plan, launcher, options);
        Assert.Equal((0, 1), (result.ExitCode, launcher.Starts.Count));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_process_that_was_stopped_is_hung()
    {
        var plan = await fixture.PlanAsync("");
        // The first of the two stops itself, as by SIGSTOP; nothing but SIGKILL ends it.
        const string script = "if [ -e \"$1/second\" ]; then exit 75; fi; touch \"$1/second\"; kill -STOP $$";
        var launcher = new ProcessWorkerLauncher(["/bin/sh", "-c", script, "worker"]);
        var result = await fixture.RunAsync(plan, launcher, Impatient);
        Assert.Equal(CellOutcome.Stopped, result.Cells[0].Outcome);
        Assert.Contains("showed no sign of life", fixture.Lines, StringComparison.Ordinal);
    }
}
