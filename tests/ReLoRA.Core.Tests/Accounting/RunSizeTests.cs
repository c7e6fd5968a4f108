using ReLoRA.Core.Accounting;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Accounting;

public sealed class RunSizeTests
{
    private static readonly LowRankConfig Low = Presets.Nano.LowRank;

    public static TheoryData<string> Runs => [.. Named.Keys];

    private static Dictionary<string, RunConfig> Named { get; } =
        new()
        {
            ["full rank"] = Presets.Nano,
            ["NeoX"] = Presets.NanoNeoX with { LowRank = Low with { Method = LowRankMethod.ReLoRA } },
            ["ReLoRA"] = With(Low with { Method = LowRankMethod.ReLoRA }),
            ["LoRA on some"] = With(Low with { Method = LowRankMethod.LoRA, Targets = ["q_proj", "layers.0"] }),
            ["trained scale"] = With(
                Low with
                {
                    Method = LowRankMethod.ReLoRA,
                    Scaling = AdapterScaling.TrainableTanh,
                }
            ),
            ["frozen A"] = With(Low with { Method = LowRankMethod.FrozenA }),
            ["factored"] = With(Low with { Method = LowRankMethod.LowRank }),
        };

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_run_is_as_large_as_the_model_it_makes(string name)
    {
        var config = Named[name];
        using var model = ModelFactory.Create(config, CPU);

        var size = RunSize.Of(config);

        Assert.Equal(model.Parameters.ElementCount, size.Parameters);
        Assert.Equal(model.Parameters.TrainableElementCount, size.Trained);
        Assert.Equal(TrainingCost.Of(model, config.Data.SequenceLength), size.Cost);
        Assert.Equal(size.Cost.Training * config.Steps * config.TokensPerStep, size.Operations);
    }

    [Fact]
    public void A_warm_start_trains_the_weights_and_has_the_adapters_beside_them()
    {
        var low = With(Low with { Method = LowRankMethod.ReLoRA });
        var warm = low with { LowRank = low.LowRank with { WarmStartSteps = (int)(low.Steps / 4) } };
        using var model = ModelFactory.Create(warm, CPU);
        var (first, rest) = (TrainingCost.Of(model, low.Data.SequenceLength), RunSize.Of(low));

        var size = RunSize.Of(warm);

        Assert.Equal(rest.Cost, size.Cost);
        Assert.Equal(
            ((first.Training * low.Steps / 4) + (rest.Cost.Training * low.Steps * 3 / 4)) * low.TokensPerStep,
            size.Operations
        );
    }

    private static RunConfig With(LowRankConfig low) => Presets.Nano with { LowRank = low };
}
