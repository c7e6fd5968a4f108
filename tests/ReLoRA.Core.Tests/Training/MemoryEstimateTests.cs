using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Training;

public sealed class MemoryEstimateTests
{
    private static readonly RunConfig ReLoRA = SmallRuns.ReLoRA(ResetSemantics.PaperSingleGpu);

    private static readonly Dictionary<string, RunConfig> Runs = new(StringComparer.Ordinal)
    {
        ["full rank"] = SmallRuns.Config,
        ["ReLoRA"] = ReLoRA,
        ["ReLoRA of attention"] = With(lowRank => lowRank with { Targets = ["attention"] }),
        ["frozen A"] = With(lowRank => lowRank with { Method = LowRankMethod.FrozenA }),
        ["tanh scale"] = With(lowRank => lowRank with { Scaling = AdapterScaling.TrainableTanh }),
        ["low rank"] = With(lowRank => lowRank with { Method = LowRankMethod.LowRank }),
        ["mixed precision"] = ReLoRA with { Precision = Precision.BFloat16Mixed },
        ["64 bits"] = ReLoRA with { Precision = Precision.Float64 },
        ["NeoX"] = SmallRuns.Config with
        {
            Model = SmallRuns.Config.Model with { Architecture = Architecture.NeoX, Heads = 2 },
        },
        ["NeoX, ReLoRA"] = ReLoRA with { Model = ReLoRA.Model with { Architecture = Architecture.NeoX, Heads = 2 } },
    };

    public static TheoryData<string> Names { get; } = [.. Runs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_gradients_and_moments_are_those_of_the_model(string name)
    {
        var config = ConfigNormalizer.Normalize(Runs[name]);
        using var model = ModelFactory.Create(config, CPU);
        var size = config.Precision == Precision.Float64 ? 8 : 4;

        var estimate = MemoryEstimate.Of(config, 1, recompute: false);

        Assert.Equal(model.Parameters.ElementCount * size, estimate.Weights);
        Assert.Equal(model.Parameters.TrainableElementCount * size, estimate.Gradients);
        Assert.Equal(2 * estimate.Gradients, estimate.Moments);
    }

    [Fact]
    public void A_warm_start_counts_as_the_larger_of_its_two_parts()
    {
        var warm = MemoryEstimate.Of(With(lowRank => lowRank with { WarmStartSteps = 4 }), 1, recompute: false);
        using var model = ModelFactory.Create(ReLoRA, CPU);
        var adapters = model.Linears.OfType<ReLoRALinear>().Sum(linear => linear.AdapterCount);
        Assert.Equal((model.Parameters.ElementCount - adapters) * 4, warm.Gradients);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void More_of_anything_takes_more(string name)
    {
        var config = Runs[name];
        foreach (var recompute in (bool[])[false, true])
        foreach (var rows in (int[])[1, 2, 3, 8, 64])
        foreach (var length in (int[])[12, 100, 2048])
        {
            var run = config with { Data = config.Data with { SequenceLength = length } };
            var least = Total(run, rows);
            Assert.True(Total(run, rows + 1) > least);
            Assert.True(Total(run with { Data = run.Data with { SequenceLength = length + 1 } }, rows) > least);
            Assert.True(Total(run with { Model = run.Model with { Layers = 5 } }, rows) > least);
            Assert.True(Total(run with { Model = run.Model with { HiddenWidth = 80 } }, rows) > least);
            Assert.True(Total(run with { Model = run.Model with { VocabularySize = 50_304 } }, rows) > least);
            Assert.True(
                MemoryEstimate.Of(run, rows, recompute: true).Total < MemoryEstimate.Of(run, rows, false).Total
            );

            long Total(RunConfig one, int micro) => MemoryEstimate.Of(one, micro, recompute).Total;
        }
    }

    [Fact]
    public void The_total_is_the_sum_of_its_parts()
    {
        var found = MemoryEstimate.Of(ReLoRA, 2, recompute: true);
        Assert.Equal(
            found.Process
                + found.Weights
                + found.Gradients
                + found.Moments
                + found.Activations
                + found.Working
                + found.Gaps,
            found.Total
        );
    }

    private static RunConfig With(Func<LowRankConfig, LowRankConfig> change) =>
        ReLoRA with
        {
            LowRank = change(ReLoRA.LowRank),
        };
}
