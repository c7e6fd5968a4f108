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
        new CellStatus
        {
            State = "running",
            Host = Environment.MachineName,
            ProcessId = Environment.ProcessId,
        }.Write(cell.StatusPath);
        Assert.Equal(CellState.Running, CellReport.Read(cell, fixture.Clock).State);

        fixture.Beat(plan.Cells[0]);
        new CellStatus
        {
            State = "running",
            Host = Environment.MachineName,
            ProcessId = int.MaxValue,
        }.Write(cell.StatusPath);
        Assert.Equal(CellState.Stopped, CellReport.Read(cell, fixture.Clock).State);
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
}
