using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class CellJoinTests : IDisposable
{
    private readonly SubmittedFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_damaged_word_of_a_task_is_told_with_what_to_do_and_the_rest_is_shown()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0], plan.Cells[1]]);
        var path = fixture.Runs.Sweep("s").SlurmTaskPath("12", 0);
        AtomicFile.Write(path, "{\"sittings\":[{\"rest");
        fixture.Scheduler.With("12", 0, "FAILED", "NonZeroExitCode", "node1");

        var sweep = Look(plan);

        Assert.All(sweep.Cells, cell => Assert.Equal("ended with a fault", cell.Slurm!.Why));
        var told = Assert.Single(
            sweep.Slurm!.Notes,
            note => note.StartsWith($"{path}: not the JSON", StringComparison.Ordinal)
        );
        Assert.EndsWith("Delete it; the next start writes it anew.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_word_of_a_job_is_a_fault_that_says_what_to_do()
    {
        var plan = await fixture.PlanAsync(1);
        AtomicFile.Write(fixture.Runs.Sweep("s").SlurmJobPath("12"), "null");

        var fault = Assert.Throws<RunFileException>(() => Look(plan));
        Assert.Contains(
            "scancel 12, delete the file, and submit what is missing again.",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_cell_that_another_trains_is_not_its_waiting_tasks()
    {
        var plan = await fixture.PlanAsync(1);
        var cell = plan.Cells[0];
        fixture.Submit("12", [cell]);
        fixture.Sit("12", 0, fixture.Sitting());
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node1");
        fixture.Status(cell, "running", host: "elsewhere");
        fixture.Beat(cell);
        Assert.Equal("waits for another run, which trains it", Look(plan).Cells[0].Slurm!.Why);

        fixture.Own(cell, "9", 4);
        Assert.Equal("waits for the task 9_4, which trains it", Look(plan).Cells[0].Slurm!.Why);

        fixture.Own(cell, "12", 0);
        Assert.Equal("", Look(plan).Cells[0].Slurm!.Why);
    }

    [Fact]
    public async Task A_strangers_job_that_was_given_the_same_id_is_no_task_of_the_sweep()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node1", name: "thesis");
        Assert.Equal(TaskStanding.Forgotten, Look(plan).Cells[0].Slurm!.Standing);
    }

    [Fact]
    public async Task Only_the_node_at_a_faults_beginning_is_left_out()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        const string Fault = "relora does not start on node2: You must install .NET.";
        fixture.Sit("12", 0, fixture.Sitting(node: "node2", fault: Fault));
        fixture.Scheduler.With("12", 0, "FAILED", "NonZeroExitCode", "node2");
        Assert.StartsWith($"node2 cannot train: {Fault} (", Look(plan).Slurm!.Notes[0], StringComparison.Ordinal);
    }

    private SweepStatus Look(SweepPlan plan) =>
        SubmittedStatus.Of(
            [SweepStatus.Of(plan, fixture.Runs, fixture.Clock)],
            fixture.Runs,
            new QueueWatch(fixture.Scheduler, fixture.Clock),
            fixture.Clock
        )[0];
}
