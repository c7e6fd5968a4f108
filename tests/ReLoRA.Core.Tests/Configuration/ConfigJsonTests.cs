using FsCheck.Fluent;
using ReLoRA.Core.Configuration;
using Check = FsCheck.Check;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class ConfigJsonTests
{
    [Fact]
    public void What_is_written_is_read_back_equal() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll(Configurations.Any, config => ConfigJson.Read(ConfigJson.Write(config)) == config)
        );

    [Fact]
    public void What_was_read_of_others_before_changes_nothing()
    {
        var seen = new ConfigParts();
        Check.QuickThrowOnFailure(
            Prop.ForAll(Configurations.Any, config => ConfigJson.Read(ConfigJson.Write(config), seen) == config)
        );
    }

    [Fact]
    public void What_two_configurations_have_in_common_is_read_once()
    {
        var seen = new ConfigParts();

        var (one, other) = (Read(Presets.Nano), Read(Presets.Nano with { Optimizer = new() { LearningRate = 0.5 } }));

        Assert.Same(one.Model, other.Model);
        Assert.NotEqual(one.Optimizer, other.Optimizer);

        RunConfig Read(RunConfig config) => ConfigJson.Read(ConfigJson.Write(config), seen);
    }

    [Fact]
    public void A_fault_names_its_own_place_whatever_was_read_before()
    {
        var seen = new ConfigParts();
        ConfigJson.Read(ConfigJson.Write(Presets.Nano), seen);

        var fault = Assert.Throws<FormatException>(() => ConfigJson.Read("""{"Model":{"Layers":"x"}}""", seen));

        Assert.Contains("Model.Layers", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData((1L << 53) + 1)]
    [InlineData(1L << 53)]
    public void Large_seeds_are_kept_exactly(long seed) =>
        Assert.Equal(seed, ConfigJson.Read(ConfigJson.Write(Presets.Nano with { Seed = seed })).Seed);

    [Fact]
    public void Evaluation_checkpoints_and_probes_are_kept()
    {
        var config = Presets.Nano with
        {
            Evaluation = new EvaluationConfig
            {
                Perplexity = "a\"b\\ü",
                Every = 3,
                MaxRows = 5,
            },
            Checkpoint = new CheckpointConfig
            {
                Every = 7,
                Keep = 1,
                KeepEvery = 21,
                InBackground = false,
            },
            Probes =
            [
                new ProbeConfig { Every = 5, Layers = "*.attention.*" },
                new ProbeConfig
                {
                    Metric = ProbeMetric.ConditionNumber,
                    Of = ProbeTarget.CumulativeUpdate,
                    AroundResets = false,
                },
            ],
        };
        Assert.Equal(config, ConfigJson.Read(ConfigJson.Write(config)));
    }

    [Fact]
    public void Lists_of_ranks_are_kept()
    {
        var ranks = new RankConfig { ByLayer = [new LayerRank("layers.0.*", 0), new("q", 4)], ByCycle = [4, 8] };
        var config = Presets.Nano with { LowRank = Presets.Nano.LowRank with { Ranks = ranks } };
        Assert.Equal(config, ConfigJson.Read(ConfigJson.Write(config)));
    }

    [Fact]
    public void Missing_knobs_take_their_defaults() =>
        Assert.Equal(new RunConfig { Seed = 1 }, ConfigJson.Read("""{"Seed":1}"""));

    [Theory]
    [InlineData("""{"Sed":1}""", "Sed is not a knob of this version. Known here: Model, LowRank,")]
    [InlineData("""{"LowRank":{"Targets":"q"}}""", "LowRank.Targets is \"q\"; allowed: a list.")]
    [InlineData("""{"LowRank":{"Rank":"8"}}""", "LowRank.Rank is \"8\"; allowed: a value of type Int32.")]
    [InlineData("""{"LowRank":{"Rank":8.5}}""", "LowRank.Rank is 8.5; allowed: a value of type Int32.")]
    [InlineData(
        """{"LowRank":{"Method":"Lora"}}""",
        "LowRank.Method is \"Lora\"; allowed: FullRank, ReLoRA, LoRA, LowRank, FrozenA."
    )]
    [InlineData("""{"LowRank":{"Targets":[1]}}""", "LowRank.Targets[0] is 1; allowed: a text.")]
    [InlineData("""{"Model":3}""", "Model is 3; allowed: an object.")]
    [InlineData("[]", "The configuration is []; allowed: an object.")]
    [InlineData("{", "The configuration is not JSON:")]
    public void What_cannot_be_read_is_named(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => ConfigJson.Read(text)).Message);
}
