using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank;

[Collection(DefaultGenerator.Collection)]
public sealed class MethodTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int cells;

    public static TheoryData<LowRankMethod> Methods { get; } = [.. Enum.GetValues<LowRankMethod>()];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_trains_and_learns(LowRankMethod method)
    {
        var log = Log(Config(method));

        Assert.True(log.IsFinished);
        Assert.True(log.Records<EvalRecord>().Last().Loss < log.Records<EvalRecord>().First().Loss - 0.05);
        Assert.Equal(method.Resets() ? [8L, 16, 24] : [], log.Records<ResetRecord>().Select(reset => reset.Step));
        Assert.All(log.Records<ResetRecord>(), reset => Assert.Equal(ResetBounds.Kept, reset.Verdict));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_effective_weight_does_what_the_linear_does(LowRankMethod method)
    {
        using var scope = NewDisposeScope();
        using var model = ModelFactory.Create(Config(method) with { Precision = Precision.Float64 }, CPU);
        using var frozen = no_grad();
        foreach (
            var parameter in model.Parameters.Where(parameter =>
                parameter.Name.Contains("B_lora", StringComparison.Ordinal)
            )
        )
            parameter.Value.uniform_(-1, 1);

        foreach (var linear in model.Linears)
        {
            var weight = linear.EffectiveWeight();
            var x = Draws.Normal([3, weight.shape[1]], float64);
            var expected = linear.Forward(x, training: false);
            // Sums of some ten products of numbers near one, in 64 bits.
            Assert.True(Golden.LargestDifference(expected, nn.functional.linear(x, weight)) < 1e-12, linear.Name);
        }
    }

    [Fact]
    public void With_a_frozen_A_only_B_trains_and_each_restart_draws_another_A()
    {
        var config = Config(LowRankMethod.FrozenA);
        using var model = ModelFactory.Create(config, CPU);
        Assert.DoesNotContain(
            model.Parameters.Trainable,
            parameter => parameter.Name.Contains("A_lora", StringComparison.Ordinal)
        );
        Assert.Contains(
            model.Parameters.Trainable,
            parameter => parameter.Name.Contains("B_lora", StringComparison.Ordinal)
        );

        var resets = Log(config).Records<ResetRecord>().ToList();

        Assert.All(resets, reset => Assert.True(reset.GradientA == 0 && reset.GradientB > 0));
        Assert.All(resets, reset => Assert.Equal((4, 1), ((int)reset.AdapterRank, (int)reset.StateCleared)));
    }

    [Fact]
    public void LoRA_is_ReLoRA_that_is_never_reset()
    {
        var lora = Log(Config(LowRankMethod.LoRA)).Records<StepRecord>();
        var relora = Log(Config(LowRankMethod.ReLoRA)).Records<StepRecord>();
        Assert.Equal(lora.Take(8).Select(step => step.Loss), relora.Take(8).Select(step => step.Loss));
        Assert.NotEqual(lora.Select(step => step.Loss), relora.Select(step => step.Loss));
    }

    [Fact]
    public void A_low_rank_linear_starts_with_the_variance_of_a_full_rank_one_and_stores_no_weight()
    {
        using var scope = NewDisposeScope();
        var config = Presets.Nano with
        {
            LowRank = new LowRankConfig { Method = LowRankMethod.LowRank, Rank = 8 },
        };
        using var model = ModelFactory.Create(config, CPU);

        Assert.DoesNotContain(
            model.Parameters,
            parameter => parameter.Name.EndsWith("q_proj.weight", StringComparison.Ordinal)
        );
        foreach (var linear in model.Linears.Cast<LowRankLinear>())
        {
            var ratio = linear.EffectiveWeight().pow(LivingScalar.Of(2)).mean().item<double>() * 3 * linear.A.shape[1];
            // 8 directions only: the variance of the product itself scatters by some ten per cent.
            Assert.InRange(ratio, 0.6, 1.5);
        }
    }

    [Fact]
    public void A_warm_start_trains_the_weights_first_and_resumes_in_either_phase()
    {
        var config = SmallRuns.ReLoRA(ResetSemantics.Lialin2023Paper);
        config = config with { LowRank = config.LowRank with { WarmStartSteps = 6 } };
        var full = config with { LowRank = config.LowRank with { Method = LowRankMethod.FullRank } };

        var cell = Cell(config);
        SmallRuns.Work(cell);
        var log = RunLogReader.Read(cell.LogPath);

        // Until the adapters begin it is the full-rank run, to the last bit.
        Assert.Equal(
            Log(full).Records<StepRecord>().Take(7).Select(step => step.Loss),
            log.Records<StepRecord>().Take(7).Select(step => step.Loss)
        );
        Assert.Equal([14L, 22], log.Records<ResetRecord>().Select(reset => reset.Step));
        Assert.All(log.Records<ResetRecord>(), reset => Assert.Equal(ResetBounds.Kept, reset.Verdict));
        foreach (var stop in new[] { 5, 6, 15 })
        {
            var resumed = Cell(config);
            SittingRuns.WorkUntil(resumed, stop);
            Assert.Equal(RunOutcome.Finished, SmallRuns.Work(resumed));
            Assert.Equal(
                log.Records<StepRecord>().Select(step => step.Loss),
                RunLogReader.Read(resumed.LogPath).Records<StepRecord>().Select(step => step.Loss)
            );
        }
    }

    private CellFolder Cell(RunConfig config) => SmallRuns.Cell(folder, config, $"runs{cells++}");

    private RunLog Log(RunConfig config)
    {
        var cell = Cell(config);
        SmallRuns.Work(cell);
        return RunLogReader.Read(cell.LogPath);
    }

    private static RunConfig Config(LowRankMethod method)
    {
        var config = SmallRuns.ReLoRA(ResetSemantics.Exact);
        return config with { LowRank = config.LowRank with { Method = method } };
    }
}
