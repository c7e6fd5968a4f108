using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Estimating;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Tests.Running;

namespace ReLoRA.Scripting.Tests.Estimating;

public sealed class SweepEstimatorTests : IDisposable
{
    private static readonly RunOptions Alone = new() { Jobs = 1, Threads = 1 };

    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task Where_nothing_is_finished_or_timed_the_time_is_not_known()
    {
        var plan = await fixture.PlanAsync();

        var estimate = await Estimate(plan);

        Assert.All(estimate.Cells.Values, cell => Assert.Equal(TimeSource.None, cell.Source));
        Assert.True(double.IsNaN(estimate.SecondsLeft));
        Assert.Equal(721_472, estimate.Cells[plan.Cells[0].Id].Size.Parameters);
        Assert.True(estimate.Cells[plan.Cells[0].Id] is { MemoryBytes: > 200 << 20, DiskBytes: > 16_000_000 });
    }

    [Fact]
    public async Task A_finished_cell_tells_how_long_others_of_its_shape_take()
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 3)");
        Finish(plan.Cells[0], seconds: 100);

        var estimate = await Estimate(plan);

        Assert.Equal(0, estimate.Cells[plan.Cells[0].Id].SecondsLeft);
        Assert.Equal(200, estimate.SecondsLeft, precision: 9);
        Assert.Equal(TimeSource.Finished, estimate.Cells[plan.Cells[2].Id].Source);
    }

    [Fact]
    public async Task Cells_at_once_take_the_time_of_the_longest_place()
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 4)");
        Finish(plan.Cells[0], seconds: 100);

        var estimate = await Estimate(plan) with { Jobs = 2 };

        Assert.Equal(200, estimate.SecondsLeft, precision: 9);
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_tells_nothing()
    {
        var plan = await fixture.PlanAsync();
        var folder = fixture.Runs.Cell("feedfeedfeed");
        AtomicFile.Write(folder.LogPath, "no log");

        Assert.Equal(TimeSource.None, (await Estimate(plan)).Cells[plan.Cells[0].Id].Source);
    }

    private Task<SweepEstimate> Estimate(SweepPlan plan) =>
        new SweepEstimator(fixture.Runs, calibration: null).EstimateAsync(plan, Alone);

    private void Finish(PlannedCell cell, double seconds)
    {
        var folder = fixture.Runs.Cell(cell.Id);
        var execution = new ExecutionSettings
        {
            Threads = 1,
            Device = "cpu",
            MicroBatch = 12,
            Train = "",
            Evaluation = "",
        };
        AtomicFile.Write(folder.ConfigPath, ConfigJson.Write(cell.Config));
        AtomicFile.Write(folder.ExecutionPath, execution.Write());
        using var log = RunLogWriter.Create(folder.LogPath);
        log.Append(Records.Run());
        log.Append(
            new EndRecord
            {
                Step = cell.Config.Steps,
                Tokens = cell.Tokens,
                Outcome = "finished",
                Loss = 5,
                Measured = new Dictionary<string, object> { ["seconds"] = seconds },
            }
        );
    }
}
