using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

/// <summary>Canonical correlations, and PWCCA and SVCCA, which are means of them.</summary>
public sealed class CanonicalCorrelationsTests
{
    /// <summary>Singular values of products of orthonormal bases in 64 bits.</summary>
    private const double Orthonormal = 1e-11;

    [Fact]
    public void They_do_not_change_with_any_invertible_map_of_the_columns_and_constants()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Pair();
        var mapped = mm(x, Matrices.Gaussian(5, 5, 8)).Times(1e-6).Plus(3);
        var (plain, changed) = (CanonicalCorrelations.Of(x, y), CanonicalCorrelations.Of(mapped, y));

        Assert.Equal(("", ""), (plain.Finding, changed.Finding));
        // The constant is 10^6 times the spread, and the map's condition number some 10: they cost as many digits.
        Assert.All(plain.Values.Zip(changed.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
        Assert.All(plain.Values, value => Assert.InRange(value, 0, 1));
        Assert.Equal(4, plain.Values.Count);
    }

    [Fact]
    public void All_are_1_of_a_rotated_and_scaled_copy_and_so_are_both_means()
    {
        using var scope = NewDisposeScope();
        var (x, _) = Pair();
        var copy = mm(x, Matrices.Rotation(5)).Times(40).Plus(2);
        Assert.All(CanonicalCorrelations.Of(x, copy).Values, value => Assert.Equal(1, value, Orthonormal));
        Assert.Equal(1, Pwcca.Of(x, copy).Value, Orthonormal);
        Assert.Equal(1, Svcca.Of(x, copy).Value, Orthonormal);
    }

    [Fact]
    public void The_means_do_not_change_with_rotations_factors_and_constants()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Pair();
        var (changed, moved) = (mm(x, Matrices.Rotation(5)).Times(-7), y.Times(-3).Plus(5));
        Assert.Equal(Svcca.Of(x, y).Value, Svcca.Of(changed, moved).Value, Orthonormal);
        // Weights are sums of absolute values over the columns of the narrower side, which a rotation of it would mix.
        Assert.Equal(Pwcca.Of(x, y).Value, Pwcca.Of(changed, moved).Value, Orthonormal);
        Assert.NotEqual(
            Pwcca.Of(x, y, PwccaWeights.Published).Value,
            Pwcca.Of(x, moved, PwccaWeights.Published).Value,
            1e-3
        );
    }

    [Fact]
    public void Pwcca_takes_the_narrower_side_wherever_it_stands()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Pair();
        Assert.Equal(Pwcca.Of(x, y).Value, Pwcca.Of(y, x).Value, Orthonormal);
        Assert.Equal(Pwcca.Of(x, y).Value, Pwcca.Of(x, cat([y, zeros(60, 3, dtype: float64)], 1)).Value, Orthonormal);
    }

    [Fact]
    public void Pwcca_of_one_column_is_its_multiple_correlation()
    {
        using var scope = NewDisposeScope();
        // y = x + z with z orthogonal to x and twice as long: the correlation is 1 / sqrt 5.
        var basis = Matrices.Rotation(9);
        var centred = basis.narrow(1, 0, 4) - basis.narrow(1, 0, 4).mean([0], keepdim: true);
        var (orthonormal, _) = linalg.qr(centred);
        var (x, z) = (orthonormal.narrow(1, 0, 1), orthonormal.narrow(1, 1, 1));
        Assert.Equal(1 / Math.Sqrt(5), Pwcca.Of(x, x.Plus(z.Times(2))).Value, Orthonormal);
    }

    [Fact]
    public void Svcca_with_all_directions_is_the_mean_and_with_fewer_leaves_the_small_ones_out()
    {
        using var scope = NewDisposeScope();
        var (x, _) = Pair();
        // A strong column in common, and weak ones that have nothing to do with each other.
        var other = Matrices.Gaussian(60, 5, 7).Times(1e-4);
        other[.., 0] = x[.., 0];
        var weak = x.Times(1e-4);
        weak[.., 0] = x[.., 0];

        Assert.Equal(CanonicalCorrelations.Of(weak, other).Mean(), Svcca.Of(weak, other, 1));
        Assert.InRange(Svcca.Of(weak, other, 1).Value, 0, 0.7);
        Assert.Equal(1, Svcca.Of(weak, other).Value, 1e-6);
    }

    [Fact]
    public void Rank_deficient_activations_are_compared_over_their_rank_and_marked()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Pair();
        var doubled = cat([x, x.narrow(1, 0, 2)], 1);
        const string finding = "rank deficient (5 of 7)";

        Assert.Equal(finding, CanonicalCorrelations.Of(doubled, y).Finding);
        Assert.All(
            CanonicalCorrelations.Of(x, y).Values.Zip(CanonicalCorrelations.Of(doubled, y).Values),
            pair => Assert.Equal(pair.First, pair.Second, Orthonormal)
        );
        Assert.Equal(finding, Pwcca.Of(doubled, y).Finding);
        Assert.InRange(Pwcca.Of(doubled, y).Value, 0, 1);
        Assert.Equal(SpectrumFigure.None(finding), Pwcca.Of(doubled, y, PwccaWeights.Published));
    }

    [Fact]
    public void Too_few_samples_have_no_figure_or_are_marked()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Gaussian(6, 6), Matrices.Gaussian(6, 2, 2));
        Assert.Equal(VectorFigure.None("fewer samples than columns"), CanonicalCorrelations.Of(x, y));
        Assert.Equal(SpectrumFigure.None("fewer samples than columns"), Pwcca.Of(x, y));
        Assert.Equal(SpectrumFigure.None("fewer samples than columns"), Svcca.Of(x, y));

        // Six centred samples span five dimensions: three and three columns share one whatever they hold.
        var forced = CanonicalCorrelations.Of(Matrices.Gaussian(6, 3), Matrices.Gaussian(6, 3, 2));
        Assert.Equal("fewer samples than columns of both", forced.Finding);
        Assert.Equal(1, forced.Values[0], Orthonormal);
    }

    [Fact]
    public void What_has_no_figure_is_named()
    {
        using var scope = NewDisposeScope();
        var (x, _) = Pair();
        Assert.Equal(SpectrumFigure.None("constant columns"), Pwcca.Of(x, ones(60, 2)));
        Assert.Equal(SpectrumFigure.None("not finite"), Svcca.Of(full(60, 2, LivingScalar.Of(double.NaN)), x));
        Assert.Equal(VectorFigure.None("not a matrix").Finding, CanonicalCorrelations.Of(x, ones(60)).Finding);
        Assert.Throws<ArgumentOutOfRangeException>(() => Svcca.Of(x, x, 1.5));
    }

    private static (Tensor X, Tensor Y) Pair()
    {
        var x = Matrices.Gaussian(60, 5);
        return (x, x.narrow(1, 0, 4).Plus(Matrices.Gaussian(60, 4, 2)));
    }
}
