using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class SweepWaitTests : IDisposable
{
    private readonly SubmittedFixture fixture = new();
    private readonly List<string> told = [];

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task Each_change_is_told_once_until_all_is_finished()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0]], [plan.Cells[1]]);
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node1").With("12", 1, "PENDING", "JobArrayTaskLimit");

        var exit = await WaitAsync(
            plan,
            () => { },
            () =>
            {
                fixture.Finish(plan.Cells[0]);
                fixture.Scheduler.With("12", 0, "COMPLETED").With("12", 1, "RUNNING", node: "node2");
            },
            () =>
            {
                fixture.Finish(plan.Cells[1]);
                fixture.Scheduler.With("12", 1, "COMPLETED");
            }
        );

        Assert.Equal(0, exit);
        Assert.Equal(
            [
                "FullRank Seed=42: task 12_0: runs on node1",
                "FullRank Seed=43: task 12_1: waits for its turn: as many tasks run at once as --array-limit lets",
                "FullRank Seed=42: finished, loss 5.0000",
                "FullRank Seed=43: task 12_1: runs on node2",
                "FullRank Seed=43: finished, loss 5.0000",
                "s: all tasks have ended; 2 of 2 cells finished. Logs: runs/cells",
            ],
            Lines(plan)
        );
    }

    [Fact]
    public async Task A_cell_that_failed_makes_the_exit_code_of_a_run()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "FAILED", "NonZeroExitCode", "node1");
        fixture.Status(plan.Cells[0], "failed", "no number");

        Assert.Equal(1, await WaitAsync(plan));
        Assert.Equal(
            [
                "FullRank: task 12_0: FAILED: no number",
                "s: all tasks have ended; 0 of 1 cells finished, and relora submit SCRIPT submits what is missing. Logs: runs/cells",
            ],
            Lines(plan)
        );
    }

    [Fact]
    public async Task A_job_that_waits_for_ever_is_told_with_since_when_and_what_to_do()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "PENDING", "PartitionTimeLimit");

        await WaitAsync(plan, () => { }, () => fixture.Scheduler.Queue.Clear());

        Assert.StartsWith(
            "FullRank: task 12_0: asks for more time than the partition lets, since 2026-11-28 12:00 UTC, and will not begin without help: "
                + "The partition lets a job have less time",
            Lines(plan)[0],
            StringComparison.Ordinal
        );
        Assert.Equal(3, told.Count);
    }

    [Fact]
    public async Task A_scheduler_that_falls_silent_is_tried_again()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node1");

        await WaitAsync(
            plan,
            () => fixture.Scheduler.Fault = "squeue has not answered.",
            () => fixture.Scheduler.Fault = "",
            () => fixture.Scheduler.Queue.Clear()
        );

        Assert.Equal(
            [
                "FullRank: task 12_0: runs on node1",
                "The scheduler could not be asked and is tried again: squeue has not answered.",
                "The scheduler answers again.",
            ],
            Lines(plan)[..3]
        );
    }

    [Fact]
    public async Task To_end_the_waiting_ends_no_task()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node1");
        using var stop = new CancellationTokenSource();

        var exit = await WaitAsync(plan, stop, () => stop.Cancel());

        Assert.Equal(130, exit);
        Assert.Equal(
            "s: no longer waiting. Its tasks go on: relora status shows how far they are, relora cancel ends them.",
            told[^1]
        );
        Assert.All(fixture.Scheduler.Asked, asked => Assert.Equal("tasks 12", asked));
    }

    private async Task<int> WaitAsync(SweepPlan plan, params Action[] meanwhile)
    {
        using var stop = new CancellationTokenSource();
        return await WaitAsync(plan, stop, meanwhile);
    }

    private Task<int> WaitAsync(SweepPlan plan, CancellationTokenSource stop, params Action[] meanwhile)
    {
        var clock = new QuickClock(pause =>
        {
            Assert.True(pause < meanwhile.Length, "it waits on, though nothing happens any more");
            meanwhile[pause]();
            return !stop.IsCancellationRequested;
        });
        return new SweepWait(fixture.Runs, fixture.Scheduler, clock, told.Add).UntilEndedAsync(plan, stop.Token);
    }

    /// <summary>What was told, without ids and paths of this run.</summary>
    private List<string> Lines(SweepPlan plan) =>
        [
            .. told.Select(line =>
                plan.Cells.Aggregate(
                    fixture.Tidy(line),
                    (text, cell) => text.Replace($" ({cell.Id})", "", StringComparison.Ordinal)
                )
            ),
        ];
}
