using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class RankRuleTests
{
    private const string Query = "layers.0.attention.q_proj";
    private const string Down = "layers.1.swiglu.w_2";

    private static readonly LowRankConfig Plain = new() { Method = LowRankMethod.ReLoRA, Rank = 8 };

    private static readonly double[] Spectrum = [4, 3, 0.1, 0.05];

    [Fact]
    public void Every_adapter_has_the_one_rank_unless_told_otherwise()
    {
        Assert.Equal((8, 8), (RankRule.First(Plain, Query), RankRule.Largest(Plain, Query)));
        Assert.Equal(8, RankRule.Next(Plain, Query, reset: 1, rank: 8, Spectrum));
    }

    [Fact]
    public void What_is_no_target_is_of_full_rank()
    {
        Assert.Equal(0, RankRule.First(Plain with { Targets = ["attention"] }, Down));
        Assert.Equal(0, RankRule.First(Plain with { Method = LowRankMethod.FullRank }, Query));
    }

    [Theory]
    [InlineData("attention", Query, true)]
    [InlineData("ATTENTION", Query, true)]
    [InlineData("attention", Down, false)]
    [InlineData("layers.*.q_proj", Query, true)]
    [InlineData("*.q_proj", Query, true)]
    [InlineData("q_proj*", Query, false)]
    [InlineData("layers.1.*", Query, false)]
    public void A_target_is_part_of_a_name_or_a_pattern_over_all_of_it(string target, string linear, bool hit) =>
        Assert.Equal(hit, (Plain with { Targets = [target] }).IsTarget(linear));

    [Fact]
    public void The_first_layer_pattern_that_fits_decides_and_rank_0_is_full_rank()
    {
        var hybrid = Plain with
        {
            Ranks = new RankConfig
            {
                ByLayer = [new LayerRank("layers.0.*", 0), new LayerRank("swiglu", 2), new LayerRank("*", 4)],
            },
        };

        Assert.Equal(
            [0, 2, 4],
            new[] { Query, Down, "layers.1.attention.k_proj" }.Select(name => RankRule.First(hybrid, name))
        );
        Assert.False(hybrid.IsTarget(Query));
        Assert.True(hybrid.IsTarget(Down));
    }

    [Fact]
    public void A_schedule_gives_each_cycle_its_rank_and_the_last_one_stays()
    {
        var grown = Plain with { Ranks = new RankConfig { ByCycle = [2, 4, 6] } };

        Assert.Equal((2, 6), (RankRule.First(grown, Query), RankRule.Largest(grown, Query)));
        Assert.Equal(
            [4, 6, 6, 6],
            Enumerable.Range(1, 4).Select(reset => RankRule.Next(grown, Query, reset, 2, Spectrum))
        );
    }

    [Fact]
    public void A_rank_by_layer_is_not_scheduled()
    {
        var mixed = Plain with
        {
            Ranks = new RankConfig { ByCycle = [2, 4], ByLayer = [new LayerRank("attention", 3)] },
        };

        Assert.Equal((3, 3), (RankRule.First(mixed, Query), RankRule.Largest(mixed, Query)));
        Assert.Equal(3, RankRule.Next(mixed, Query, reset: 1, rank: 3, Spectrum));
        Assert.Equal(4, RankRule.Next(mixed, Down, reset: 1, rank: 2, Spectrum));
    }

    [Fact]
    public void Where_nothing_resets_no_cycle_has_a_rank_of_its_own()
    {
        var lora = Plain with
        {
            Method = LowRankMethod.LoRA,
            Ranks = new RankConfig { ByCycle = [2, 4] },
        };

        Assert.Equal((8, 8), (RankRule.First(lora, Query), RankRule.Largest(lora, Query)));
    }

    [Theory]
    // 16 + 9 of 25.0125 are 0.9995.
    [InlineData(0.6, 1)]
    [InlineData(0.9, 2)]
    [InlineData(0.9996, 3)]
    [InlineData(0.99999, 4)]
    public void A_share_is_explained_by_the_fewest_singular_values_that_hold_it(double share, int count) =>
        Assert.Equal(count, RankRule.Explaining(Spectrum, share));

    [Fact]
    public void An_adaptive_rank_shrinks_to_what_explains_the_update_and_doubles_where_all_of_it_was_needed()
    {
        var adaptive = Plain with
        {
            Ranks = new RankConfig { Explained = 0.95, Maximum = 24 },
        };

        Assert.Equal(2, Next(adaptive, 4, Spectrum));
        Assert.Equal(8, Next(adaptive, 4, [1, 1, 1, 1]));
        Assert.Equal(24, Next(adaptive, 15, [.. Enumerable.Repeat(1.0, 15)]));
        Assert.Equal(4, Next(adaptive, 4, [0, 0, 0, 0]));
        Assert.Equal(24, RankRule.Largest(adaptive, Query));
    }

    [Fact]
    public void An_adaptive_rank_stays_within_its_bounds()
    {
        var shrinking = Plain with
        {
            Ranks = new RankConfig { Explained = 0.9, Minimum = 3 },
        };

        Assert.Equal(3, Next(shrinking, 8, Spectrum));
        Assert.Equal(8, Next(shrinking, 8, [.. Enumerable.Repeat(1.0, 8)]));
    }

    private static int Next(LowRankConfig lowRank, int rank, double[] spectrum) =>
        RankRule.Next(lowRank, Query, reset: 1, rank, spectrum);
}
