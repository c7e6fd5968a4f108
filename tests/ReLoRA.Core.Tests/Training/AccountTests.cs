using ReLoRA.Core.Accounting;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class AccountTests : IDisposable
{
    private static readonly string[] Activities = ["training", "evaluation", "probing", "resetting", "saving"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_log_ends_with_what_the_run_has_spent_training_apart_from_the_rest()
    {
        var config = SmallRuns.ReLoRA(ResetSemantics.Exact);
        var cell = SmallRuns.Cell(folder, config);
        SittingRuns.WorkUntil(cell, 20);
        SmallRuns.Work(cell);

        var log = RunLogReader.Read(cell.LogPath);
        var measured = log.Records<EndRecord>().Single().Measured;
        var seconds = Activities.Select(name => (double)measured[$"{name}_seconds"]).ToList();
        Assert.All(seconds.Where((_, i) => Activities[i] != "probing"), spent => Assert.True(spent > 0));
        Assert.Equal((double)measured["seconds"], seconds.Sum(), 1e-9);
        Assert.Equal((double)measured["seconds"] / 3600, measured["device_hours"]);
        var perToken = log.Records<RunRecord>().Single().OperationsPerToken!.Value;
        Assert.Equal(perToken * 30 * 4 * 12, measured["training_operations"]);
        Assert.True((double)measured["evaluation_operations"] > 0);
        Assert.Contains("tokens in 30 steps of 48", CellStatus.Read(cell.StatusPath)!.Facts, StringComparison.Ordinal);
    }

    [Fact]
    public void Energy_is_logged_where_it_can_be_read()
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.Config with { Budget = new BudgetConfig { Steps = 5 } });
        SittingRuns.Work(cell, new CheckpointStore(cell.CheckpointsPath), (_, _) => { }, energy: new RisingMeter());
        var measured = RunLogReader.Read(cell.LogPath).Records<EndRecord>().Single().Measured;
        Assert.Equal("rising", measured["energy_meter"]);
        Assert.Equal(5.0, measured["training_joules"]);
    }

    [Fact]
    public void A_run_ends_with_its_hours_evaluated_and_saved()
    {
        var config = SmallRuns.Config with
        {
            Budget = SmallRuns.Config.Budget with { Hours = 1e-9 },
            Evaluation = new EvaluationConfig(),
        };
        var cell = SmallRuns.Cell(folder, config);
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));
        var log = RunLogReader.Read(cell.LogPath);
        Assert.Equal(1, log.Records<EndRecord>().Single().Step);
        Assert.Equal([0, 1], log.Records<EvalRecord>().Select(eval => eval.Step));
        Assert.True(Directory.Exists(Path.Combine(cell.CheckpointsPath, "step_1")));
    }

    [Fact]
    public void A_budget_of_steps_is_that_of_its_tokens()
    {
        var (steps, tokens) = (SmallRuns.Config with { Budget = new BudgetConfig { Steps = 30 } }, SmallRuns.Config);
        Assert.Equal(30, steps.Steps);
        Assert.Equal(CellIdentity.Of(tokens, "x"), CellIdentity.Of(steps, "x"));
    }

    private sealed class RisingMeter : IEnergyMeter
    {
        private double joules;

        public string Name => "rising";

        public double Read() => joules++;
    }
}
