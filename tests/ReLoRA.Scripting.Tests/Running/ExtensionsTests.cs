using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class ExtensionsTests : IDisposable
{
    private const string Horizon = "Schedule = Presets.Nano.Schedule with { HorizonSteps = 500 }";

    private readonly RunFixture fixture = new();
    private readonly ScriptFolder folder = new();

    public void Dispose()
    {
        fixture.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_cell_goes_on_from_the_longest_finished_one_that_is_shorter()
    {
        await FinishAsync(100, Horizon);
        var longest = await FinishAsync(200, Horizon);
        var found = await FindAsync(300, Horizon);
        Assert.Equal((longest.Id, 200, ""), (found!.Cell.Id, found.Step, found.Reason));
    }

    [Fact]
    public async Task Nothing_shorter_is_no_extension()
    {
        await FinishAsync(300, Horizon);
        Assert.Null(await FindAsync(300, Horizon));
        Assert.Null(await FindAsync(400, Horizon + ", Seed = 7"));
    }

    [Fact]
    public async Task A_schedule_that_depends_on_the_length_is_a_hindrance()
    {
        await FinishAsync(100, "");
        var found = await FindAsync(200, "");
        Assert.Null(found!.Step);
        Assert.StartsWith(
            "the schedule depends on the length, and differs from update",
            found.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_constant_schedule_is_none()
    {
        const string constant = "Schedule = Presets.Nano.Schedule with { Kind = ScheduleKind.Constant }";
        await FinishAsync(100, constant);
        Assert.Equal(100, (await FindAsync(200, constant))!.Step);
    }

    [Fact]
    public async Task Another_evaluation_is_a_hindrance()
    {
        await FinishAsync(100, Horizon);
        var found = await FindAsync(200, Horizon + ", Evaluation = Presets.Nano.Evaluation with { MaxRows = 3 }");
        Assert.Equal("Evaluation, Probes or Checkpoint.Every differ, so that its log is another", found!.Reason);
    }

    [Fact]
    public async Task A_log_that_lost_records_is_a_hindrance()
    {
        var cell = await FinishAsync(100, Horizon);
        DamagedLogs.DamageTheBeginning(cell.LogPath);
        Assert.True(CellReport.IsFinished(cell));
        var found = await FindAsync(200, Horizon);
        Assert.Null(found!.Step);
        Assert.StartsWith("its log is damaged, bytes 0 to ", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_diverged_or_was_timed_is_a_hindrance()
    {
        await FinishAsync(100, Horizon, "diverged");
        Assert.Equal("it diverged", (await FindAsync(200, Horizon))!.Reason);
        Assert.StartsWith(
            "its length is one of hours",
            (await FindAsync(200, Horizon, ", Hours = 1"))!.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_can_be_told_to_extend_and_is_told_that_it_could()
    {
        var shorter = await FinishAsync(100, Horizon);
        var plan = await PlanAsync(200, Horizon);
        await fixture.RunAsync(plan, new FakeLauncher((_, _) => Task.FromResult(WorkerExit.Stopped)));
        Assert.Contains(
            "note: 1 cells differ from finished ones only in a larger budget, and could go on from them: --extend.",
            fixture.Lines,
            StringComparison.Ordinal
        );
        var launcher = FakeLauncher.Finishing();
        await fixture.RunAsync(
            plan,
            launcher,
            new RunOptions
            {
                Jobs = 1,
                Threads = 1,
                Extend = true,
            }
        );
        var prefix = launcher.Starts[0].Execution.Prefix!;
        Assert.Equal((shorter.Id, 100, false), (prefix.Cell, prefix.Step, prefix.KeepsAdapters));
        Assert.Contains(
            $"goes on from the finished cell {shorter.Id}: 100 of 200 steps are not trained again.",
            fixture.Lines,
            StringComparison.Ordinal
        );
    }

    private Task<SweepPlan> PlanAsync(int steps, string change, string budget = "") =>
        folder.PlanAsync(
            $$"""
            Sweep("s", Presets.Nano with { Budget = new BudgetConfig { Steps = {{steps}}{{budget}} }{{(
                change.Length > 0 ? ", " : ""
            )}}{{change}} });
            """
        );

    private async Task<Extension?> FindAsync(int steps, string change, string budget = "") =>
        new Extensions(fixture.Runs).Of((await PlanAsync(steps, change, budget)).Cells[0]);

    /// <summary>Leaves a cell as a worker does that finished it.</summary>
    private async Task<CellFolder> FinishAsync(int steps, string change, string outcome = "finished")
    {
        var plan = await PlanAsync(steps, change);
        var hashes = plan.Cells[0].Datasets.Hashes;
        var launcher = new FakeLauncher(
            (cell, _) =>
            {
                using var log = RunLogWriter.Create(cell.LogPath);
                log.Append(Records.Run() with { TrainData = hashes.Train, EvaluationData = hashes.Evaluation });
                log.Append(
                    new EndRecord
                    {
                        Step = steps,
                        Tokens = 1,
                        Outcome = outcome,
                        Loss = 5,
                    }
                );
                Directory.CreateDirectory(Path.Combine(cell.CheckpointsPath, $"step_{steps}"));
                return Task.FromResult(WorkerExit.Finished);
            }
        );
        await fixture.RunAsync(plan, launcher);
        return fixture.Cell(plan, 0);
    }
}
