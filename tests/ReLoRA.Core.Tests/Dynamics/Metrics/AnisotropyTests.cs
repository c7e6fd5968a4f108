using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

public sealed class AnisotropyTests
{
    /// <summary>Sums of 64-bit products.</summary>
    private const double Sums = 1e-12;

    [Fact]
    public void It_is_the_mean_over_all_pairs()
    {
        using var scope = NewDisposeScope();
        var x = Matrices.Gaussian(12, 5).Plus(0.4);
        var unit = x / (x * x).sum(1, keepdim: true).sqrt();
        var cosines = mm(unit, unit.t());
        var mean = (cosines.sum().item<double>() - 12) / (12 * 11);

        Assert.Equal(mean, Anisotropy.Of(x).Value, Sums);
        Assert.Equal(mean, Anisotropy.Of(mm(x, Matrices.Rotation(5)).Times(1e-200)).Value, Sums);
        Assert.Equal("", Anisotropy.Of(x).Finding);
    }

    [Fact]
    public void One_direction_is_1_and_opposite_ones_are_the_least()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(
            1,
            Anisotropy.Of(ones(6, 3) * TensorArithmetic.CountTo(6, 1, float32).Plus(1).unsqueeze(1)).Value,
            Sums
        );
        Assert.Equal(
            -1,
            Anisotropy
                .Of(
                    tensor(
                        new double[,]
                        {
                            { 1, 2 },
                            { -2, -4 },
                        }
                    )
                )
                .Value,
            Sums
        );
        Assert.Equal(0, Anisotropy.Of(eye(5)).Value, Sums);
    }

    [Fact]
    public void Samples_that_are_zero_do_not_count_and_are_marked()
    {
        using var scope = NewDisposeScope();
        var x = Matrices.Gaussian(6, 4);
        var padded = cat([x, zeros(2, 4, dtype: float64)], 0);
        Assert.Equal(Anisotropy.Of(x).Value, Anisotropy.Of(padded).Value, Sums);
        Assert.Equal("2 of 8 samples are zero", Anisotropy.Of(padded).Finding);
    }

    [Fact]
    public void What_has_no_figure_is_named()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(SpectrumFigure.None("zero matrix"), Anisotropy.Of(zeros(3, 3)));
        Assert.Equal(SpectrumFigure.None("too few samples"), Anisotropy.Of(ones(1, 3)));
        Assert.Equal(SpectrumFigure.None("not finite"), Anisotropy.Of(full(3, 3, LivingScalar.Of(double.NaN))));
        Assert.Equal(SpectrumFigure.None("not a matrix"), Anisotropy.Of(ones(3)));
    }
}
