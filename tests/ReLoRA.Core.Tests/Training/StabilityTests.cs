using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class StabilityTests : IDisposable
{
    private static readonly RunConfig Config = SmallRuns.Config with
    {
        Budget = new BudgetConfig { Steps = 120 },
        Schedule = SmallRuns.Config.Schedule with { Kind = ScheduleKind.Constant },
        Evaluation = new EvaluationConfig(),
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_with_the_weights_of_before()
    {
        var (outcome, log) = Work(Config, Poison(after: 5, lasting: 1), out var isSound);

        Assert.Equal(RunOutcome.Diverged, outcome);
        Assert.Equal("diverged", log.Records<EndRecord>().Single().Outcome);
        var last = log.Records<StepRecord>().Last();
        Assert.Equal((6, true), (last.Step, last.Skipped));
        Assert.True(double.IsNaN(last.Loss));
        Assert.True(isSound);
    }

    [Fact]
    public void With_skip_the_update_is_left_out_and_the_run_goes_on()
    {
        var skipping = Config with { Stability = new StabilityConfig { NonFinite = NonFinitePolicy.Skip } };

        var (outcome, log) = Work(skipping, Poison(after: 5, lasting: 2), out _);

        Assert.Equal(RunOutcome.Finished, outcome);
        Assert.Equal([6, 7], log.Records<StepRecord>().Where(step => step.Skipped == true).Select(step => step.Step));
        Assert.True(log.Records<StepRecord>().Last().Loss < 3.3);
        Assert.Equal(2L, log.Records<EndRecord>().Single().Measured["skipped_steps"]);
    }

    [Fact]
    public void A_run_that_can_take_no_update_any_more_does_not_skip_to_its_end()
    {
        var skipping = Config with { Stability = new StabilityConfig { NonFinite = NonFinitePolicy.Skip } };

        var (outcome, log) = Work(skipping, Poison(after: 5, lasting: 1000), out _);

        Assert.Equal(RunOutcome.Diverged, outcome);
        Assert.Equal(55, log.Records<StepRecord>().Last().Step);
    }

    [Fact]
    public void A_spike_is_logged_with_the_steps_to_recovery()
    {
        var (outcome, log) = Work(Config, Scale(after: 60, factor: 100, undoneAfter: 63), out _);

        Assert.Equal(RunOutcome.Finished, outcome);
        var spikes = log.Records<SpikeRecord>().ToList();
        Assert.Equal(["began", "recovered"], spikes.Select(spike => spike.Phase));
        Assert.Equal(61, spikes[0].Step);
        Assert.True(spikes[1].Steps >= 3);
    }

    [Fact]
    public void A_divergence_ends_the_run_where_that_is_asked_for()
    {
        var stopping = Config with
        {
            Optimizer = Config.Optimizer with { LearningRate = 1e-6 },
            Stability = new StabilityConfig { OnDivergence = DivergencePolicy.Stop, RecoverySteps = 10 },
        };

        var (outcome, log) = Work(stopping, Scale(after: 60, factor: 100, undoneAfter: 1000), out _);

        Assert.Equal(RunOutcome.Diverged, outcome);
        Assert.Equal(["began", "diverged"], log.Records<SpikeRecord>().Select(spike => spike.Phase));
        Assert.Equal(71, log.Records<StepRecord>().Last().Step);
    }

    [Fact]
    public void A_spike_is_resumed_like_everything_else()
    {
        var cell = SmallRuns.Cell(folder, Config, "straight");
        SmallRuns.Work(cell);
        var resumed = SmallRuns.Cell(folder, Config, "resumed");
        SittingRuns.WorkUntil(resumed, 57);
        SmallRuns.Work(resumed);
        Assert.Equal(
            RunLogReader.Read(cell.LogPath).Records<StepRecord>().Select(step => step.Loss),
            RunLogReader.Read(resumed.LogPath).Records<StepRecord>().Select(step => step.Loss)
        );
    }

    /// <summary>Makes the last norm no number after a step, and 1 again after so many more.</summary>
    private static Action<RunParts, TrainingState> Poison(int after, int lasting) =>
        (parts, state) =>
        {
            using var frozen = no_grad();
            if (state.Step == after)
                Norm(parts).fill_(tensor(double.NaN).ToScalar());
            else if (state.Step == after + lasting)
                Norm(parts).fill_(tensor(1.0).ToScalar());
        };

    private static Action<RunParts, TrainingState> Scale(int after, double factor, int undoneAfter)
    {
        Tensor? before = null;
        return (parts, state) =>
        {
            using var frozen = no_grad();
            if (state.Step == after)
            {
                before = Norm(parts).clone();
                using var factors = tensor((float)factor);
                Norm(parts).mul_(factors);
            }
            else if (state.Step == undoneAfter)
                Norm(parts).copy_(before!);
        };
    }

    private static Tensor Norm(RunParts parts) =>
        parts.Model.Parameters.Last(p => p.Name.EndsWith("norm.weight", StringComparison.Ordinal)).Value;

    private (RunOutcome, RunLog) Work(RunConfig config, Action<RunParts, TrainingState> afterStep, out bool isSound)
    {
        var cell = SmallRuns.Cell(folder, config);
        var sound = true;
        var outcome = SittingRuns.Work(
            cell,
            new CheckpointStore(cell.CheckpointsPath),
            afterStep,
            atEnd: parts =>
                sound = parts
                    .Model.Parameters.Where(p => !p.Name.EndsWith("norm.weight", StringComparison.Ordinal))
                    .All(p => p.Value.isfinite().all().item<bool>())
        );
        isSound = sound;
        return (outcome, RunLogReader.Read(cell.LogPath));
    }
}
