using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Planning.Quick;

namespace ReLoRA.Scripting.Tests.Planning.Quick;

public sealed class QuickConfigTests
{
    private static readonly RunConfig Tiny = Presets.PicoTiny with
    {
        LowRank = new() { Method = LowRankMethod.ReLoRA, Rank = 32 },
        Schedule = new() { Kind = ScheduleKind.JaggedCosine },
    };

    [Fact]
    public void A_published_model_becomes_one_of_seconds_that_is_sound()
    {
        var quick = QuickConfig.Of(Tiny);

        Assert.Empty(ConfigValidator.Validate(quick));
        Assert.Equal(QuickConfig.Steps, quick.Steps);
        Assert.Equal(2, quick.Data.BatchSize);
        Assert.Equal((64, 2), (quick.Model.Width, quick.Model.Layers));
    }

    [Fact]
    public void Resets_keep_their_places_in_the_run()
    {
        var quick = QuickConfig.Of(Tiny);

        // Of 20,000 steps a tenth.
        Assert.Equal(2, quick.LowRank.ResetEvery);
        Assert.Equal(2, quick.Schedule.WarmupSteps);
        Assert.Equal(1, quick.Schedule.RestartWarmupSteps);
    }

    [Fact]
    public void What_is_short_already_is_not_made_longer()
    {
        var quick = QuickConfig.Of(Presets.Nano with { Budget = new() { Tokens = 5 * 12 * 128 } });

        Assert.InRange(quick.Steps, 5, 30);
    }

    [Fact]
    public void A_knob_that_a_small_model_cannot_have_keeps_the_model_as_it_is()
    {
        var deep = Tiny with
        {
            LowRank = Tiny.LowRank with
            {
                Rank = 8,
                Ranks = new() { ByLayer = [new LayerRank { Layers = "layers.11.*", Rank = 4 }] },
            },
        };

        var quick = QuickConfig.Of(deep);

        Assert.Empty(ConfigValidator.Validate(quick));
        Assert.Equal(12, quick.Model.Layers);
        Assert.Equal(QuickConfig.Steps, quick.Steps);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(10_000)]
    public void Resets_one_step_late_stay_within_their_period(int resetEvery)
    {
        var published = Presets.PicoTiny with
        {
            LowRank = new()
            {
                Method = LowRankMethod.ReLoRA,
                ResetEvery = resetEvery,
                Semantics = ResetSemantics.PaperSingleGpu,
            },
        };

        Assert.Equal(QuickConfig.Steps, QuickConfig.Of(published).Steps);
    }
}
