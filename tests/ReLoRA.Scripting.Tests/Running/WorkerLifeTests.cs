using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Tests.Slurm;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class WorkerLifeTests : IDisposable
{
    private readonly SubmittedFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_process_id_of_another_machine_is_not_looked_for_here()
    {
        var plan = await fixture.PlanAsync(1);
        var cell = fixture.Runs.Cell(plan.Cells[0].Id);
        // Process 1 is alive on every machine, and none of them is the worker.
        fixture.Status(plan.Cells[0], "running", host: "elsewhere");
        Assert.Equal(CellState.Stopped, CellReport.Read(cell, fixture.Clock).State);

        fixture.Beat(plan.Cells[0]);
        Assert.Equal(CellState.Running, CellReport.Read(cell, fixture.Clock).State);

        fixture.Clock.Pass(WorkerLife.Silence);
        Assert.Equal(CellState.Stopped, CellReport.Read(cell, fixture.Clock).State);
    }

    [Fact]
    public async Task A_process_of_this_machine_is_asked_for_whatever_its_heartbeat()
    {
        var plan = await fixture.PlanAsync(1);
        var cell = fixture.Runs.Cell(plan.Cells[0].Id);
        Running(cell, Environment.ProcessId);
        Assert.Equal(CellState.Running, CellReport.Read(cell, fixture.Clock).State);

        fixture.Beat(plan.Cells[0]);
        Running(cell, int.MaxValue);
        Assert.Equal(CellState.Stopped, CellReport.Read(cell, fixture.Clock).State);
    }

    [Fact]
    public async Task A_process_that_began_after_the_last_sign_of_life_is_another_that_was_given_its_id()
    {
        var plan = await fixture.PlanAsync(1);
        var cell = fixture.Runs.Cell(plan.Cells[0].Id);
        Running(cell, Environment.ProcessId);
        fixture.Clock.Pass(TimeSpan.FromDays(400));
        // One that stands still for long is still the worker.
        Assert.Equal(CellState.Running, CellReport.Read(cell, fixture.Clock).State);

        File.SetLastWriteTimeUtc(cell.StatusPath, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(CellState.Stopped, CellReport.Read(cell, fixture.Clock).State);
    }

    [Fact]
    public async Task A_cell_that_ends_between_the_look_at_its_log_and_at_its_status_is_finished()
    {
        var plan = await fixture.PlanAsync(1);
        var cell = fixture.Runs.Cell(plan.Cells[0].Id);
        fixture.Finish(plan.Cells[0]);
        foreach (var state in (string[])["finished", "running"])
        {
            fixture.Status(plan.Cells[0], state, host: "elsewhere");
            Assert.Equal(CellState.Finished, CellReport.Read(cell, ends: null, fixture.Clock).State);
        }
    }

    [Fact]
    public async Task A_cell_that_another_machine_trains_is_not_begun_anew()
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Status(plan.Cells[0], "running", host: "elsewhere");
        fixture.Beat(plan.Cells[0]);

        var fault = Assert.Throws<UserFaultException>(() =>
            FreshCells.MoveAside(plan.Cells, fixture.Runs, fixture.Clock)
        );
        Assert.Contains("is being trained on elsewhere", fault.Message, StringComparison.Ordinal);

        fixture.Clock.Pass(WorkerLife.Silence);
        Assert.Single(FreshCells.MoveAside(plan.Cells, fixture.Runs, fixture.Clock));
    }

    /// <summary>A status of this machine's.</summary>
    private static void Running(CellFolder cell, int processId) =>
        new CellStatus
        {
            State = "running",
            Host = Environment.MachineName,
            ProcessId = processId,
        }.Write(cell.StatusPath);
}
