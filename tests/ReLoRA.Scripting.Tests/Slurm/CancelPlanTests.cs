using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class CancelPlanTests : IDisposable
{
    private readonly SubmittedFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_job_of_which_all_goes_is_cancelled_as_one()
    {
        var plan = await fixture.PlanAsync(3);
        fixture.Submit("12", [plan.Cells[0]], [plan.Cells[1]], [plan.Cells[2]]);
        fixture.Scheduler.With("12", 0, "COMPLETED").With("12", 1, "RUNNING").With("12", 2, "PENDING", "Priority");

        Assert.Equal(
            [
                "s: cancelled 1 task that waited (12_[2]; 1 cell), and 1 task that ran (12_[1]; 1 cell).",
                "What ran saves a checkpoint and ends; submit goes on from there.",
            ],
            Cancel(plan, plan.Cells)
        );
        Assert.Equal("cancel 12", fixture.Scheduler.Asked[^1]);
    }

    [Fact]
    public async Task Of_some_cells_only_their_tasks_are_cancelled()
    {
        var plan = await fixture.PlanAsync(5);
        fixture.Submit("12", [.. plan.Cells.Select(cell => (PlannedCell[])[cell])]);
        for (var task = 0; task < 5; task++)
            fixture.Scheduler.With("12", task, "PENDING", "Priority");

        Assert.Equal(
            ["s: cancelled 3 tasks that waited (12_[1,3-4]; 3 cells)."],
            Cancel(plan, [plan.Cells[4], plan.Cells[1], plan.Cells[3]])
        );
        Assert.Equal("cancel 12_[1,3,4]", fixture.Scheduler.Asked[^1]);
    }

    [Fact]
    public async Task A_packed_task_goes_on_while_it_has_a_cell_that_was_not_chosen()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0], plan.Cells[1]]);
        fixture.Scheduler.With("12", 0, "RUNNING");

        Assert.Equal(
            [
                "s: nothing to cancel.",
                "Task 12_0 goes on: it also has FullRank Seed=43, which was not chosen. A task ends as a whole; choose all of its cells that are not finished.",
            ],
            Cancel(plan, [plan.Cells[0]])
        );
        Assert.Equal(["tasks 12"], fixture.Scheduler.Asked);
    }

    [Fact]
    public async Task A_packed_task_whose_other_cells_are_finished_is_cancelled()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0], plan.Cells[1]]);
        fixture.Scheduler.With("12", 0, "RUNNING");
        fixture.Finish(plan.Cells[1]);

        Assert.StartsWith(
            "s: cancelled 1 task that ran (12_[0]; 1 cell).",
            Cancel(plan, [plan.Cells[0]])[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Where_nothing_waits_or_runs_there_is_nothing_to_cancel()
    {
        var plan = await fixture.PlanAsync(1);
        string[] nothing = ["s: nothing to cancel: none of the chosen cells is in a task that waits or runs."];
        Assert.Equal(nothing, Cancel(plan, plan.Cells));
        Assert.Empty(fixture.Scheduler.Asked);

        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "TIMEOUT");
        Assert.Equal(nothing, Cancel(plan, plan.Cells));
    }

    [Fact]
    public async Task A_task_of_another_sweep_is_left_to_it()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("other", "12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "RUNNING", name: "relora-other");

        Assert.Equal(
            "Task 12_0 was submitted for the sweep 'other', which has some of these cells too: relora cancel --sweep other",
            Cancel(plan, plan.Cells)[1]
        );
    }

    [Fact]
    public async Task A_strangers_job_that_was_given_the_same_id_is_not_touched()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node1", name: "thesis");

        Assert.Equal(
            ["s: nothing to cancel: none of the chosen cells is in a task that waits or runs."],
            Cancel(plan, plan.Cells)
        );
        Assert.Equal(["tasks 12"], fixture.Scheduler.Asked);
    }

    [Fact]
    public async Task What_was_submitted_to_another_cluster_is_to_be_cancelled_there()
    {
        var plan = await fixture.PlanAsync(1);
        var job = fixture.Submit("12", [plan.Cells[0]]) with { Cluster = "north" };
        job.Write(fixture.Runs.Sweep("s").SlurmJobPath("12"));
        fixture.Scheduler.With("12", 0, "RUNNING");

        fixture.Scheduler.ClusterName = "south";
        Assert.Equal(
            [
                "s: nothing to cancel.",
                "Job 12 was submitted to the cluster 'north', and this is 'south', where its id may be another job's: cancel it there.",
            ],
            Cancel(plan, plan.Cells)
        );
        Assert.Equal(["tasks 12"], fixture.Scheduler.Asked);

        fixture.Scheduler.ClusterName = "north";
        Assert.Contains("cancelled 1 task", Cancel(plan, plan.Cells)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_another_run_trains_is_not_said_to_be_cancelled()
    {
        var plan = await fixture.PlanAsync(1);
        var cell = plan.Cells[0];
        fixture.Submit("12", [cell]);
        fixture.Scheduler.With("12", 0, "RUNNING");
        new CellStatus
        {
            State = "running",
            Host = Environment.MachineName,
            ProcessId = Environment.ProcessId,
        }.Write(fixture.Runs.Cell(cell.Id).StatusPath);

        Assert.Equal(
            [
                "s: cancelled 1 task that waited (12_[0]; 1 cell).",
                $"{cell.Label} ({cell.Id}) is trained by another run, which goes on.",
            ],
            Cancel(plan, [cell])
        );
    }

    [Fact]
    public async Task Without_an_answer_nothing_can_be_cancelled()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.Fault = "squeue has not answered";
        Assert.Throws<UserFaultException>(() => Cancel(plan, plan.Cells));
    }

    private IReadOnlyList<string> Cancel(SweepPlan plan, IReadOnlyList<PlannedCell> chosen)
    {
        var sweep = SweepStatus.Of(plan, fixture.Runs);
        var cancel = CancelPlan.Of(
            sweep,
            chosen.Select(cell => cell.Id).ToHashSet(),
            SubmittedTasks.Read(fixture.Runs),
            fixture.Runs,
            fixture.Scheduler
        );
        cancel.Execute(fixture.Scheduler);
        return CancelText.Of(cancel, sweep);
    }
}
