using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class SweepStatusTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_sweep_that_was_never_run_is_new()
    {
        var status = SweepStatus.Of(await fixture.PlanAsync(), fixture.Runs);
        Assert.All(status.Cells, cell => Assert.Equal((CellState.New, 320), (cell.Report.State, cell.Report.Steps)));
        Assert.Empty(SweepStatus.All(fixture.Runs));
    }

    [Fact]
    public async Task A_folder_of_runs_tells_all_its_sweeps()
    {
        var plan = await fixture.PlanAsync();
        await fixture.RunAsync(plan, FakeLauncher.Finishing());
        var sweep = Assert.Single(SweepStatus.All(fixture.Runs));
        Assert.Equal("s", sweep.Name);
        Assert.Equal(["FullRank Seed=42", "FullRank Seed=43"], sweep.Cells.Select(cell => cell.Label));
        Assert.All(sweep.Cells, cell => Assert.Equal((CellState.Finished, 5.0), (cell.Report.State, cell.Report.Loss)));
    }

    [Theory]
    [InlineData("running", true, CellState.Running)]
    [InlineData("running", false, CellState.Stopped)]
    [InlineData("stopped", true, CellState.Stopped)]
    [InlineData("failed", true, CellState.Failed)]
    public async Task A_worker_that_is_gone_runs_no_more(string state, bool alive, CellState expected)
    {
        var plan = await fixture.PlanAsync("");
        var cell = fixture.Cell(plan, 0);
        // No process has this id: Linux gives at most 2^22.
        var process = alive ? Environment.ProcessId : int.MaxValue;
        new CellStatus
        {
            State = state,
            Step = 7,
            Steps = 360,
            ProcessId = process,
        }.Write(cell.StatusPath);
        var report = CellReport.Read(cell);
        Assert.Equal((expected, 7), (report.State, report.Step));
    }
}
