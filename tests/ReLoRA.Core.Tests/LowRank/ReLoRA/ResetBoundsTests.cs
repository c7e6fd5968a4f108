using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

public sealed class ResetBoundsTests
{
    private static readonly ResetOutcome Sound = new()
    {
        Jump = 1e-7,
        Noise = 1e-7,
        Contribution = 0.5,
        TrainingJump = 0.3,
        Layers = [new ResetLayer("layers.0.attention.q_proj", 1e-8, 0.7)],
        StateCleared = 1,
        AdapterRank = 4,
        GradientA = 0,
        GradientB = 1,
    };

    [Fact]
    public void A_jump_of_rounding_size_keeps_the_function() => AssertVerdict(ResetBounds.Kept, Sound);

    [Fact]
    public void A_jump_past_four_times_the_noise_changes_it() =>
        AssertVerdict(ResetBounds.Changed, Sound with { Jump = 4.1e-7 });

    [Fact]
    public void A_merge_error_past_one_unit_of_the_last_place_changes_it() =>
        AssertVerdict(ResetBounds.Changed, Sound with { Layers = [new ResetLayer("q", 1.3e-7, 0.7)] });

    [Fact]
    public void Adapters_without_a_product_merge_nothing() =>
        AssertVerdict(
            ResetBounds.NothingMerged,
            Sound with
            {
                Jump = 0,
                Contribution = 0,
                Layers = [new ResetLayer("q", 0, 0)],
            }
        );

    [Fact]
    public void A_contribution_near_the_noise_cannot_be_judged_by_what_was_lost_of_it()
    {
        Assert.True(ResetBounds.LostIsTestable(Sound));
        Assert.False(ResetBounds.LostIsTestable(Sound with { Contribution = 3.9e-4 }));
        Assert.False(ResetBounds.LostIsTestable(Sound with { Contribution = 0 }));
    }

    [Fact]
    public void A_jump_that_is_not_a_number_changes_it() =>
        AssertVerdict(ResetBounds.Changed, Sound with { Jump = double.NaN });

    private static void AssertVerdict(string expected, ResetOutcome outcome) =>
        Assert.Equal(expected, ResetBounds.Verdict(outcome, Precision.Float32));
}
