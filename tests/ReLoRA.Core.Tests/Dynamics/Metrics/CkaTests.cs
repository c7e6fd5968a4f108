using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

public sealed class CkaTests
{
    /// <summary>Sums of 64-bit products over 40 samples.</summary>
    private const double Sums = 1e-12;

    [Theory]
    [InlineData(CkaEstimator.Biased)]
    [InlineData(CkaEstimator.Debiased)]
    public void It_does_not_change_with_rotations_factors_and_constants_and_is_1_of_activations_with_themselves(
        CkaEstimator estimator
    )
    {
        using var scope = NewDisposeScope();
        var (x, y) = (
            Matrices.Gaussian(40, 6),
            Matrices.Gaussian(40, 4, 2).Plus(Matrices.Gaussian(40, 6).narrow(1, 0, 4))
        );
        var plain = Cka.Of(x, y, estimator).Value;
        var changed = mm(x, Matrices.Rotation(6)).Times(-300).Plus(12);

        Assert.Equal(plain, Cka.Of(changed, y, estimator).Value, Sums);
        Assert.Equal(plain, Cka.Of(y, x, estimator).Value, Sums);
        Assert.Equal(plain, Cka.Of(x.Times(1e-150), y.Times(1e150), estimator).Value, Sums);
        Assert.Equal(1, Cka.Of(x, changed, estimator).Value, Sums);
        Assert.InRange(plain, 0.1, 0.9);
    }

    [Fact]
    public void Its_products_of_columns_are_the_definition_over_pairs_of_samples()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Gaussian(12, 5), Matrices.Gaussian(12, 3, 2));

        Assert.Equal(Gram(x, y) / Math.Sqrt(Gram(x, x) * Gram(y, y)), Cka.Of(x, y).Value, Sums);
        Assert.Equal(Song(x, y) / Math.Sqrt(Song(x, x) * Song(y, y)), Cka.Of(x, y, CkaEstimator.Debiased).Value, Sums);
    }

    [Fact]
    public void Debiased_it_is_near_0_of_independent_activations_where_biased_it_is_not()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Gaussian(60, 50), Matrices.Gaussian(60, 50, 2));
        Assert.InRange(Cka.Of(x, y).Value, 0.35, 0.7);
        Assert.InRange(Cka.Of(x, y, CkaEstimator.Debiased).Value, -0.1, 0.1);
    }

    [Fact]
    public void Fewer_samples_than_columns_are_marked_where_they_bias()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Gaussian(8, 20), Matrices.Gaussian(8, 3, 2));
        Assert.Equal("fewer samples than columns", Cka.Of(x, y).Finding);
        Assert.Equal("", Cka.Of(x, y, CkaEstimator.Debiased).Finding);
    }

    [Fact]
    public void What_has_no_figure_is_named()
    {
        using var scope = NewDisposeScope();
        var x = Matrices.Gaussian(9, 3);
        Assert.Equal(SpectrumFigure.None("constant columns"), Cka.Of(ones(9, 2).Times(0.1), x));
        Assert.Equal(SpectrumFigure.None("zero matrix"), Cka.Of(x, zeros(9, 2)));
        Assert.Equal(SpectrumFigure.None("not finite"), Cka.Of(x, full(9, 2, LivingScalar.Of(double.NaN))));
        Assert.Equal(SpectrumFigure.None("not a matrix"), Cka.Of(x, ones(9, 2, 2)));
        Assert.Equal(
            SpectrumFigure.None("too few samples"),
            Cka.Of(x.narrow(0, 0, 3), x.narrow(0, 3, 3), CkaEstimator.Debiased)
        );
        var thrown = Assert.Throws<ArgumentException>(() => Cka.Of(x, ones(8, 3)));
        Assert.Contains("9 and of 8 samples", thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>Gretton et al.: the trace of the centred Gram matrices' product.</summary>
    private static double Gram(Tensor x, Tensor y)
    {
        var centre =
            eye(x.shape[0], dtype: float64) - ones(x.shape[0], x.shape[0], dtype: float64) / tensor((double)x.shape[0]);
        return mm(mm(mm(x, x.t()), centre), mm(mm(y, y.t()), centre)).trace().item<double>();
    }

    /// <summary>Song et al., equation 5, with zeroed diagonals.</summary>
    private static double Song(Tensor x, Tensor y)
    {
        double n = x.shape[0];
        var off = ones(x.shape[0], x.shape[0], dtype: float64) - eye(x.shape[0], dtype: float64);
        var (k, l) = (mm(x, x.t()) * off, mm(y, y.t()) * off);
        return mm(k, l).trace().item<double>()
            + (k.sum().item<double>() * l.sum().item<double>() / ((n - 1) * (n - 2)))
            - (2 / (n - 2) * mm(k, l).sum().item<double>());
    }
}
