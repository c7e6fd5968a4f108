using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class RankRulesTests
{
    private static readonly RunConfig ReLoRA = Presets.Nano with
    {
        LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
    };

    public static TheoryData<RankConfig, string> Faults { get; } =
        new()
        {
            {
                new RankConfig { ByLayer = [new LayerRank("layers.9.*", 4)] },
                "LowRank.Ranks.ByLayer[0].Layers is layers.9.*; allowed: a pattern that fits a target, for example layers.0.attention.q_proj."
            },
            {
                new RankConfig { ByLayer = [new LayerRank("*", 0)] },
                "LowRank.Ranks.ByLayer is [*=full]; allowed: a rank above 0 for at least one linear; FullRank trains all of them at full rank."
            },
            {
                new RankConfig { ByLayer = [new LayerRank("*", 4096)] },
                "LowRank.Ranks.ByLayer[0].Rank is 4096; allowed: at most 32, the smaller dimension of layers.0.attention.k_proj."
            },
            {
                new RankConfig { ByLayer = [new LayerRank("", 4)] },
                "LowRank.Ranks.ByLayer[0].Layers is an empty text; allowed: a text."
            },
            {
                new RankConfig { ByCycle = [4, 0] },
                "LowRank.Ranks.ByCycle[1] is 0; allowed: at least 1 and at most 65536."
            },
            {
                new RankConfig { ByCycle = [4], Explained = 0.5 },
                "LowRank.Ranks.Explained is 0.5; allowed: 0 with LowRank.Ranks.ByCycle: a rank is either scheduled or adaptive."
            },
            {
                new RankConfig { Explained = 1 },
                "LowRank.Ranks.Explained is 1; allowed: at least 0 and below 1."
            },
            {
                new RankConfig
                {
                    Explained = 0.5,
                    Minimum = 9,
                    Maximum = 8,
                },
                "LowRank.Ranks.Minimum is 9; allowed: at most LowRank.Ranks.Maximum (8)."
            },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_rank_that_cannot_be_is_named_with_what_can(RankConfig ranks, string fault) =>
        Assert.Equal([fault], Check(ranks, ResetSemantics.Exact));

    [Fact]
    public void Adapters_that_are_carried_over_cannot_change_rank() =>
        Assert.Equal(
            ["LowRank.Semantics.Restart is CarriedOver; allowed: Reinitialise where a reset changes ranks."],
            Check(new RankConfig { ByCycle = [2, 4] }, ResetSemantics.PaperAsRun)
        );

    [Fact]
    public void Hybrids_schedules_and_adaptive_ranks_are_sound()
    {
        Assert.Empty(Check(new RankConfig { ByLayer = [new LayerRank("layers.0.*", 0)] }, ResetSemantics.PaperAsRun));
        Assert.Empty(Check(new RankConfig { ByCycle = [2, 4] }, ResetSemantics.PaperSingleGpu));
        Assert.Empty(Check(new RankConfig { Explained = 0.9, Maximum = 32 }, ResetSemantics.Exact));
    }

    private static IEnumerable<string> Check(RankConfig ranks, ResetSemantics semantics) =>
        ConfigValidator
            .Validate(ReLoRA with { LowRank = ReLoRA.LowRank with { Ranks = ranks, Semantics = semantics } })
            .Select(fault => $"{fault}");
}
