using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class KnobTreeTests
{
    [Fact]
    public void A_knob_is_replaced_in_a_copy()
    {
        var before = Presets.Nano;
        var after = KnobTree.With(before, "LowRank.Semantics.Dropout", 0.25);
        Assert.Equal(0.25, after.LowRank.Semantics.Dropout);
        Assert.Equal(0, before.LowRank.Semantics.Dropout);
        Assert.Same(before.Model, after.Model);
        Assert.Equal(before, KnobTree.With(after, "LowRank.Semantics.Dropout", 0.0));
    }

    [Fact]
    public void A_record_of_knobs_is_replaced_whole() =>
        Assert.Equal(
            ResetSemantics.PaperSingleGpu,
            KnobTree.With(Presets.Nano, "LowRank.Semantics", ResetSemantics.PaperSingleGpu).LowRank.Semantics
        );

    [Fact]
    public void An_unknown_knob_is_named() =>
        Assert.StartsWith(
            "LowRankConfig has no knob Rang.",
            Assert.Throws<ArgumentException>(() => KnobTree.With(Presets.Nano, "LowRank.Rang", 1)).Message
        );
}
