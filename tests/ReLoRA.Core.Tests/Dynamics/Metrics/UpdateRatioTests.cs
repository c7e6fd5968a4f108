using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

public sealed class UpdateRatioTests
{
    private const double Single = 1.1920928955078125e-7;

    [Fact]
    public void It_is_the_ratio_of_the_norms_and_does_not_change_with_a_factor_of_both()
    {
        using var scope = NewDisposeScope();
        var weight = Matrices.Gaussian(5, 4);
        Assert.Equal(1e-3, UpdateRatio.Of(weight.Times(-1e-3), weight, Single).Value, 1e-15);
        Assert.Equal(1e-3, UpdateRatio.Of(weight.Times(1e-33), weight.Times(1e-30), Single).Value, 1e-15);
        Assert.Equal("", UpdateRatio.Of(weight.Times(-1e-3), weight, Single).Finding);
    }

    [Fact]
    public void A_ratio_within_the_rounding_of_the_weight_is_marked_unless_it_is_0_or_was_never_rounded()
    {
        using var scope = NewDisposeScope();
        var weight = Matrices.Gaussian(5, 4);
        Assert.Equal("below rounding", UpdateRatio.Of(weight.Times(1e-8), weight, Single).Finding);
        Assert.Equal("", UpdateRatio.Of(weight.Times(1e-8), weight, epsilon: 0).Finding);
        Assert.Equal(new SpectrumFigure(0), UpdateRatio.Of(zeros(5, 4), weight, Single));
    }

    [Fact]
    public void What_has_no_ratio_is_named()
    {
        using var scope = NewDisposeScope();
        var nan = full(2, 2, LivingScalar.Of(double.NaN));
        Assert.Equal(SpectrumFigure.None("zero matrix"), UpdateRatio.Of(ones(2, 2), zeros(2, 2), Single));
        Assert.Equal(SpectrumFigure.None("not finite"), UpdateRatio.Of(nan, ones(2, 2), Single));
        Assert.Equal(SpectrumFigure.None("not finite"), UpdateRatio.Of(ones(2, 2), nan, Single));
    }
}
