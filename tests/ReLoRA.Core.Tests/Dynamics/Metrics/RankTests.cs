using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

/// <summary>What effective, stable and numerical rank and the condition number have in common.</summary>
public sealed class RankTests
{
    /// <summary>Figures known in closed form: some roundings of 64 bits.</summary>
    private const double Closed = 1e-12;

    [Fact]
    public void Of_an_identity_all_ranks_are_its_size_and_the_condition_number_is_1()
    {
        using var scope = NewDisposeScope();
        var spectrum = Spectrum.OfStored(eye(6, dtype: float64));

        Assert.Equal(1, EffectiveRank.Of(spectrum).Value, Closed);
        Assert.Equal(6, EffectiveRank.Directions(spectrum).Value, Closed);
        Assert.Equal(6, StableRank.Of(spectrum).Value, Closed);
        Assert.Equal(new SpectrumFigure(6), NumericalRank.Of(spectrum));
        Assert.Equal(1, ConditionNumber.Raw(spectrum).Value, Closed);
    }

    [Fact]
    public void Of_a_matrix_of_rank_one_all_ranks_are_1_and_marked()
    {
        using var scope = NewDisposeScope();
        var spectrum = Spectrum.OfStored(Matrices.Product(7, 5, 1));

        const string finding = "rank deficient (1 of 5)";
        Assert.Equal(new SpectrumFigure(1, finding), EffectiveRank.Directions(spectrum));
        Assert.Equal(new SpectrumFigure(0.2, finding), EffectiveRank.Of(spectrum));
        Assert.Equal(new SpectrumFigure(1, finding), StableRank.Of(spectrum));
        Assert.Equal(new SpectrumFigure(1), NumericalRank.Of(spectrum));
        Assert.Equal(new SpectrumFigure(1, finding), ConditionNumber.Of(spectrum));
        Assert.Equal("numerically singular", ConditionNumber.Raw(spectrum).Finding);
    }

    [Fact]
    public void Figures_of_given_singular_values_are_those_of_their_formulas()
    {
        using var scope = NewDisposeScope();
        var spectrum = Spectrum.OfStored(Matrices.WithSingularValues(8, 4, 2, 2));

        // Shares 1/2, 1/4, 1/8, 1/8: an entropy of 7/4 bits.
        Assert.Equal(Math.Pow(2, 1.75), EffectiveRank.Directions(spectrum).Value, Closed);
        Assert.Equal(88.0 / 64, StableRank.Of(spectrum).Value, Closed);
        Assert.Equal(4, ConditionNumber.Raw(spectrum).Value, Closed);
        Assert.All(
            SingularValues.Of(spectrum).Values.Zip([8, 4, 2, 2]),
            pair => Assert.Equal(pair.Second, pair.First, Closed)
        );
    }

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e-3)]
    [InlineData(1e150)]
    public void No_rank_and_no_condition_number_changes_with_a_factor(double factor)
    {
        using var scope = NewDisposeScope();
        var matrix = Matrices.Gaussian(9, 6);
        var (plain, scaled) = (Spectrum.OfStored(matrix), Spectrum.OfStored(matrix.Times(factor)));

        foreach (var figure in Figures)
            Assert.Equal(1, figure(scaled).Value / figure(plain).Value, Closed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Ranks_are_between_1_and_the_numerical_rank_and_the_stable_one_is_at_most_the_effective_one(int rank)
    {
        using var scope = NewDisposeScope();
        var spectrum = Spectrum.OfStored(Matrices.Product(12, 8, rank));

        Assert.Equal(rank, NumericalRank.Of(spectrum).Value);
        Assert.InRange(EffectiveRank.Directions(spectrum).Value, 1, rank);
        Assert.InRange(StableRank.Of(spectrum).Value, 1, EffectiveRank.Directions(spectrum).Value + Closed);
    }

    [Fact]
    public void A_zero_matrix_has_numerical_rank_0_and_singular_values_0_and_no_other_figure()
    {
        using var scope = NewDisposeScope();
        var spectrum = Spectrum.OfStored(zeros(3, 2));

        Assert.Equal(new SpectrumFigure(0, "zero matrix"), NumericalRank.Of(spectrum));
        Assert.Equal([0, 0], SingularValues.Of(spectrum).Values);
        Assert.All(Figures.Skip(1), figure => Assert.Equal(SpectrumFigure.None("zero matrix"), figure(spectrum)));
    }

    [Fact]
    public void What_is_not_finite_or_empty_or_no_matrix_has_no_figure()
    {
        using var scope = NewDisposeScope();
        foreach (
            var (matrix, finding) in new[]
            {
                (full(3, 2, LivingScalar.Of(double.NaN)), "not finite"),
                (full(3, 2, LivingScalar.Of(double.NegativeInfinity)), "not finite"),
                (zeros(0, 4), "empty"),
                (ones(5), "not a matrix"),
                (ones(2, 3, 4), "not a matrix"),
            }
        )
        {
            var spectrum = Spectrum.OfStored(matrix);
            Assert.All(Figures, figure => Assert.Equal(SpectrumFigure.None(finding), figure(spectrum)));
            Assert.Equal(finding, SingularValues.Of(spectrum).Finding);
            Assert.Empty(SingularValues.Of(spectrum).Values);
        }
    }

    [Fact]
    public void A_smallest_singular_value_of_exactly_0_leaves_no_raw_condition_number()
    {
        using var scope = NewDisposeScope();
        var spectrum = Spectrum.OfStored(diag(tensor(new double[] { 3, 1, 0 })));
        Assert.Equal(SpectrumFigure.None("numerically singular"), ConditionNumber.Raw(spectrum));
        Assert.Equal(3, ConditionNumber.Of(spectrum).Value, Closed);
    }

    private static IReadOnlyList<Func<Spectrum, SpectrumFigure>> Figures { get; } =
    [
        NumericalRank.Of,
        EffectiveRank.Of,
        EffectiveRank.Directions,
        StableRank.Of,
        ConditionNumber.Of,
        ConditionNumber.Raw,
    ];
}
