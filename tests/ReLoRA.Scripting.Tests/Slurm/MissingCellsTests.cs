using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class MissingCellsTests : IDisposable
{
    private readonly SubmittedFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task Before_anything_is_submitted_all_are_missing_and_no_scheduler_is_asked()
    {
        var plan = await fixture.PlanAsync();
        fixture.Scheduler.Fault = "There is no Slurm here.";

        var missing = Missing(plan);

        Assert.Equal(plan.Cells, missing.Cells);
        Assert.Empty(missing.Notes);
    }

    [Fact]
    public async Task What_is_finished_and_what_waits_or_runs_is_not_submitted_again()
    {
        var plan = await fixture.PlanAsync(4);
        fixture.Finish(plan.Cells[0]);
        fixture.Submit("12", [plan.Cells[1]], [plan.Cells[2]]);
        fixture.Scheduler.With("12", 0, "PENDING", "Priority").With("12", 1, "RUNNING", node: "node1");

        var missing = Missing(plan);

        Assert.Equal([plan.Cells[3]], missing.Cells);
        Assert.Equal(["1 cell is finished.", "2 cells are in tasks that wait or run."], missing.Notes);
    }

    [Theory]
    [InlineData("CANCELLED")]
    [InlineData("NODE_FAIL")]
    [InlineData("TIMEOUT")]
    [InlineData("FAILED")]
    [InlineData("COMPLETED")]
    [InlineData("OUT_OF_MEMORY")]
    public async Task A_cell_whose_task_ended_before_it_is_missing(string state)
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, state);

        Assert.Equal(plan.Cells, Missing(plan).Cells);
    }

    [Fact]
    public async Task A_cell_whose_task_the_scheduler_has_forgotten_is_missing()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);

        Assert.Equal(plan.Cells, Missing(plan).Cells);
        Assert.Equal(["tasks 12"], fixture.Scheduler.Asked);
    }

    [Fact]
    public async Task A_cell_that_failed_is_tried_again_and_that_is_said()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "FAILED", "NonZeroExitCode", "node1");
        fixture.Status(plan.Cells[0], "failed", "a loss that is no number");

        var missing = Missing(plan);

        Assert.Equal(plan.Cells, missing.Cells);
        Assert.Equal(["1 cell is tried again that failed before."], missing.Notes);
    }

    [Fact]
    public async Task A_cell_that_failed_in_a_packed_task_is_left_to_it_while_it_runs()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0], plan.Cells[1]]);
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node1");
        fixture.Status(plan.Cells[0], "failed", "a loss that is no number");

        var missing = Missing(plan);

        Assert.Empty(missing.Cells);
        Assert.StartsWith("1 cell is in such a task and failed", missing.Notes[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_another_sweep_has_submitted_is_not_submitted_twice()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("other", "12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "PENDING", "Resources", name: "relora-other");

        Assert.Equal([plan.Cells[1]], Missing(plan).Cells);
    }

    [Fact]
    public async Task A_strangers_job_that_was_given_the_same_id_has_no_cell_in_hand()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "RUNNING", name: "thesis");

        Assert.Equal(plan.Cells, Missing(plan).Cells);
    }

    [Fact]
    public async Task A_cell_that_was_cancelled_and_submitted_again_is_in_hand()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("9", [plan.Cells[0]]);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("9", 0, "CANCELLED").With("12", 0, "PENDING", "Priority");

        Assert.Empty(Missing(plan).Cells);
    }

    [Fact]
    public async Task A_state_that_is_not_known_counts_as_in_hand()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "TELEPORTING");

        Assert.Empty(Missing(plan).Cells);
    }

    [Fact]
    public async Task A_cell_that_a_run_on_another_machine_trains_is_left_to_it()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Status(plan.Cells[0], "running", host: "elsewhere");
        fixture.Beat(plan.Cells[0]);

        Assert.Empty(Missing(plan).Cells);
        Assert.Equal(["1 cell is being trained by a run outside of the scheduler."], Missing(plan).Notes);

        fixture.Clock.Pass(TimeSpan.FromMinutes(3));
        Assert.Equal(plan.Cells, Missing(plan).Cells);
    }

    [Fact]
    public async Task A_scheduler_that_does_not_answer_is_a_fault_where_cells_were_submitted()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.Fault = "squeue has not answered";

        Assert.Throws<UserFaultException>(() => Missing(plan));
    }

    [Fact]
    public async Task Files_beside_those_of_jobs_are_passed_over()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Sit("12", 0, fixture.Sitting());
        AtomicFile.Write(Path.Combine(fixture.Runs.Sweep("s").SlurmPath, "settings.json"), "{}");

        Assert.Equal(plan.Cells, Missing(plan).Cells);
    }

    private MissingCells Missing(SweepPlan plan) =>
        MissingCells.Of(plan, fixture.Runs, fixture.Scheduler, fixture.Clock);
}
