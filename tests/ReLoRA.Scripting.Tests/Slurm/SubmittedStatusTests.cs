using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class SubmittedStatusTests : IDisposable
{
    private readonly SubmittedFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_sweep_that_was_never_submitted_is_as_it_was_and_no_scheduler_is_asked()
    {
        var plan = await fixture.PlanAsync();
        fixture.Scheduler.Fault = "There is no Slurm here.";
        var sweep = Look(plan);
        Assert.Null(sweep.Slurm);
        Assert.All(sweep.Cells, cell => Assert.Null(cell.Slurm));
    }

    [Fact]
    public async Task A_cell_that_waits_says_why()
    {
        var cell = await OneAsync("PENDING", "JobArrayTaskLimit");
        Assert.Equal(
            ("12_0", TaskStanding.Waiting, "waits for its turn: as many tasks run at once as --array-limit lets", 0),
            (cell.Task, cell.Standing, cell.Why, cell.Requeued)
        );
    }

    [Fact]
    public async Task A_cell_that_runs_says_where()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Sit("12", 0, fixture.Sitting());
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node1");
        fixture.Status(plan.Cells[0], "running");
        fixture.Beat(plan.Cells[0]);
        fixture.Own(plan.Cells[0], "12", 0);

        var sweep = Look(plan);

        var cell = sweep.Cells[0];
        Assert.Equal((CellState.Running, 7), (cell.Report.State, cell.Report.Step));
        Assert.Equal(
            (TaskStanding.Running, "node1", 0, ""),
            (cell.Slurm!.Standing, cell.Slurm.Node, cell.Slurm.Requeued, cell.Slurm.Why)
        );
        Assert.Empty(sweep.Slurm!.Notes);
    }

    [Fact]
    public async Task How_often_a_task_was_begun_again_is_counted_by_its_sittings()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Sit("12", 0, fixture.Sitting(why: "preempted"), fixture.Sitting(1, "node2"));
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node2");
        Assert.Equal(1, Look(plan).Cells[0].Slurm!.Requeued);

        fixture.Scheduler.With("12", 0, "PENDING", "BeginTime");
        Assert.Equal(2, Look(plan).Cells[0].Slurm!.Requeued);
    }

    [Fact]
    public async Task A_finished_cell_needs_no_explanation_whatever_the_scheduler_says()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "NODE_FAIL", node: "node1");
        fixture.Finish(plan.Cells[0]);

        var sweep = Look(plan);

        Assert.Equal(CellState.Finished, sweep.Cells[0].Report.State);
        Assert.Null(sweep.Cells[0].Slurm);
        Assert.Empty(sweep.Slurm!.Notes);
        Assert.Empty(fixture.Scheduler.Asked);
    }

    [Theory]
    [InlineData("NODE_FAIL", "None", "its node was lost")]
    [InlineData("TIMEOUT", "TimeLimit", "ran into its time limit (--time)")]
    [InlineData("OUT_OF_MEMORY", "OutOfMemory", "took more memory than it had asked for (--mem)")]
    [InlineData("CANCELLED", "None", "was cancelled")]
    [InlineData("COMPLETED", "None", "ended without finishing the cell")]
    [InlineData("FAILED", "NonZeroExitCode", "ended with a fault")]
    [InlineData("FAILED", "JobLaunchFailure", "could not be started, or was killed")]
    [InlineData("FAILED", "MoonPhase", "ended: FAILED, MoonPhase")]
    public async Task A_cell_whose_task_the_scheduler_ended_says_how(string state, string reason, string why)
    {
        var cell = await OneAsync(state, reason, "node1");
        Assert.Equal((TaskStanding.Ended, "node1", why), (cell.Standing, cell.Node, cell.Why));
    }

    [Fact]
    public async Task What_the_task_itself_said_at_its_end_is_worth_more_than_the_schedulers_word()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Sit("12", 0, fixture.Sitting(why: "five sittings without a step: given up"));
        fixture.Scheduler.With("12", 0, "FAILED", "NonZeroExitCode", "node1");
        Assert.Equal("five sittings without a step: given up", Look(plan).Cells[0].Slurm!.Why);
    }

    [Fact]
    public async Task What_the_scheduler_ended_and_what_the_task_could_save_are_told_together()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Sit("12", 0, fixture.Sitting(why: "ended by the scheduler: saved"));
        fixture.Scheduler.With("12", 0, "CANCELLED", node: "node1");
        Assert.Equal("was cancelled; ended by the scheduler: saved", Look(plan).Cells[0].Slurm!.Why);
    }

    [Fact]
    public async Task Of_a_task_that_was_ended_without_a_word_the_workers_last_lines_are_told()
    {
        var plan = await fixture.PlanAsync(1);
        var (cell, folder) = (plan.Cells[0], fixture.Runs.Cell(plan.Cells[0].Id));
        fixture.Submit("12", [cell]);
        fixture.Scheduler.With("12", 0, "OUT_OF_MEMORY", "OutOfMemory", "node1");
        fixture.Status(cell, "running");
        File.WriteAllText(folder.WorkerLogPath, "reading rows\nreading more rows\n");

        var notes = Look(plan).Slurm!.Notes;

        Assert.Equal(
            $"{cell.Label} ({cell.Id}): task 12_0 took more memory than it had asked for (--mem)\n    reading rows\n    reading more rows\n    log: {folder.WorkerLogPath}",
            notes[0]
        );
        Assert.Equal(
            "1 cell is not finished and in no task's hand: relora submit SCRIPT submits what is missing.",
            notes[1]
        );
    }

    [Fact]
    public async Task A_cell_whose_task_is_forgotten_is_to_be_submitted_again()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0]], [plan.Cells[1]]);
        fixture.Sit("12", 1, fixture.Sitting());

        var sweep = Look(plan);

        Assert.All(sweep.Cells, cell => Assert.Equal(TaskStanding.Forgotten, cell.Slurm!.Standing));
        Assert.Equal(
            [
                "was cancelled, or the scheduler has forgotten it",
                "ended without a word, and the scheduler has forgotten it",
            ],
            sweep.Cells.Select(cell => cell.Slurm!.Why)
        );
        Assert.Equal(
            ["2 cells are not finished and in no task's hand: relora submit SCRIPT submits what is missing."],
            sweep.Slurm!.Notes
        );
    }

    [Fact]
    public async Task Cells_that_wait_for_ever_are_told_together_with_since_when_and_what_to_do()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0]], [plan.Cells[1]]);
        fixture.Scheduler.With("12", 0, "PENDING", "PartitionConfig").With("12", 1, "PENDING", "PartitionConfig");
        fixture.Clock.Pass(TimeSpan.FromMinutes(125));

        var sweep = Look(plan);

        Assert.All(sweep.Cells, cell => Assert.Equal(TaskStanding.Stuck, cell.Slurm!.Standing));
        Assert.Equal(
            "2 cells wait since 2026-11-28 12:00 UTC (2 h 5 min) and will not begin without help: The partition has no such nodes (--partition). "
                + "Cancel them and submit again with other settings. (FullRank Seed=42, FullRank Seed=43)",
            Assert.Single(sweep.Slurm!.Notes)
        );
    }

    [Fact]
    public async Task A_job_that_is_held_is_named_in_the_remedy()
    {
        var cell = await OneAsync("PENDING", "JobHeldUser");
        Assert.Equal("They are held: scontrol release 12", cell.Remedy);
    }

    [Fact]
    public async Task What_a_node_lacks_is_told_once_for_all_its_cells()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0]], [plan.Cells[1]]);
        foreach (var task in (int[])[0, 1])
        {
            fixture.Sit(
                "12",
                task,
                fixture.Sitting(node: "node2", fault: "node2: dotnet is not on the path. Use --setup.")
            );
            fixture.Scheduler.With("12", task, "FAILED", "NonZeroExitCode", "node2");
        }
        Assert.Equal(
            "node2 cannot train: dotnet is not on the path. Use --setup. (FullRank Seed=42, FullRank Seed=43)",
            Look(plan).Slurm!.Notes[0]
        );
    }

    [Fact]
    public async Task A_worker_whose_heartbeat_stands_still_in_a_running_task_is_told()
    {
        var plan = await fixture.PlanAsync(1);
        var cell = plan.Cells[0];
        fixture.Submit("12", [cell]);
        fixture.Sit("12", 0, fixture.Sitting());
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node1");
        fixture.Status(cell, "running");
        fixture.Beat(cell);
        fixture.Clock.Pass(TimeSpan.FromMinutes(12));

        var sweep = Look(plan);

        Assert.Equal("no sign of life for 12 min 0 s", sweep.Cells[0].Slurm!.Why);
        Assert.Equal(CellState.Stopped, sweep.Cells[0].Report.State);
        Assert.StartsWith(
            $"{cell.Label} ({cell.Id}): task 12_0 runs on node1, and its worker has given no sign of life for 12 min 0 s.",
            sweep.Slurm!.Notes[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_heartbeat_of_an_earlier_sitting_is_no_sign_of_a_hang()
    {
        var plan = await fixture.PlanAsync(1);
        var cell = plan.Cells[0];
        fixture.Submit("12", [cell]);
        fixture.Status(cell, "running");
        fixture.Beat(cell);
        fixture.Clock.Pass(TimeSpan.FromMinutes(12));
        fixture.Sit("12", 0, fixture.Sitting(), fixture.Sitting(1));
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node1");

        Assert.Equal("begins", Look(plan).Cells[0].Slurm!.Why);
    }

    [Fact]
    public async Task In_a_packed_task_a_cell_waits_for_its_turn_and_one_that_failed_is_passed_over()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0], plan.Cells[1]]);
        fixture.Sit("12", 0, fixture.Sitting());
        fixture.Scheduler.With("12", 0, "RUNNING", node: "node1");
        fixture.Status(plan.Cells[0], "failed", "no number");

        Assert.Equal(
            ["the task goes on without it", "its turn in the task has not come"],
            Look(plan).Cells.Select(cell => cell.Slurm!.Why)
        );
    }

    [Fact]
    public async Task Without_the_scheduler_the_logs_are_shown_and_one_line_says_so()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0]], [plan.Cells[1]]);
        fixture.Finish(plan.Cells[0]);
        fixture.Scheduler.Fault = "squeue has not answered for 60 seconds.";

        var sweep = Look(plan);

        Assert.Equal(CellState.Finished, sweep.Cells[0].Report.State);
        Assert.Equal(TaskStanding.Unknown, sweep.Cells[1].Slurm!.Standing);
        Assert.Equal(
            "The scheduler could not be asked; this is what the logs say. squeue has not answered for 60 seconds.",
            Assert.Single(sweep.Slurm!.Notes)
        );
    }

    [Fact]
    public async Task Of_two_tasks_with_a_cell_the_one_that_lives_explains_it()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("9", [plan.Cells[0]]);
        fixture.Clock.Pass(TimeSpan.FromMinutes(1));
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("9", 0, "RUNNING", node: "node1").With("12", 0, "CANCELLED");
        Assert.Equal("9_0", Look(plan).Cells[0].Slurm!.Task);

        fixture.Scheduler.With("9", 0, "COMPLETED");
        Assert.Equal("12_0", Look(plan).Cells[0].Slurm!.Task);
    }

    [Fact]
    public async Task A_node_that_cannot_open_a_tasks_log_is_asked_whether_it_sees_the_folder()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0]], [plan.Cells[1]]);
        foreach (var task in (int[])[0, 1])
            fixture.Scheduler.With("12", task, "FAILED", "JobLaunchFailure", "node2");

        var note = Look(plan).Slurm!.Notes[0];

        var logs = Path.Combine(fixture.Runs.Sweep("s").SlurmPath, "logs");
        Assert.StartsWith(
            $"node2 could not write {logs}: does it see the folder of runs under this path?",
            note,
            StringComparison.Ordinal
        );
        Assert.EndsWith("(task 12_0, 12_1)", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_task_that_ended_before_it_told_anything_its_own_log_is_shown()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "FAILED", "NonZeroExitCode", "node2");
        var log = Path.Combine(fixture.Runs.Sweep("s").SlurmPath, "logs", "12_0.log");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        File.WriteAllText(log, "module: command not found\n");
        Directory.CreateDirectory(fixture.Runs.Cell(plan.Cells[0].Id).Path);
        File.WriteAllText(fixture.Runs.Cell(plan.Cells[0].Id).WorkerLogPath, "words of an earlier sitting\n");

        var notes = Look(plan).Slurm!.Notes;

        Assert.Equal(
            $"task 12_0 ended before it told anything ({plan.Cells[0].Label})\n    module: command not found\n    log: {log}",
            notes[0]
        );
        Assert.DoesNotContain(notes, note => note.Contains("earlier sitting", StringComparison.Ordinal));
    }

    private async Task<SubmittedCell> OneAsync(string state, string reason, string node = "")
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, state, reason, node);
        return Look(plan).Cells[0].Slurm!;
    }

    private SweepStatus Look(SweepPlan plan) =>
        SubmittedStatus.Of(
            [SweepStatus.Of(plan, fixture.Runs, fixture.Clock)],
            fixture.Runs,
            new QueueWatch(fixture.Scheduler, fixture.Clock),
            fixture.Clock
        )[0];
}
