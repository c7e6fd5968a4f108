using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics;

[Collection(DefaultGenerator.Collection)]
public sealed class SpectrumFigureTests
{
    /// <summary>32-bit metrics of the published code against ours in 64: 1e-5, or 1e-6 times the condition number.</summary>
    private const double InSingle = 1e-5;

    /// <summary>64-bit metrics of well-conditioned matrices: two LAPACK builds agreed to 1e-15 relative; recorded margin 1e-9.</summary>
    private const double Recorded = 1e-9;

    /// <summary>Figures known in closed form: a few roundings of 64 bits.</summary>
    private const double Closed = 1e-12;

    private const double Single = 1.1920928955078125e-7;

    [Theory]
    [InlineData("random_square")]
    [InlineData("random_tall")]
    [InlineData("random_wide")]
    [InlineData("low_rank_noisy")]
    [InlineData("ill_conditioned_1e4")]
    [InlineData("identity")]
    [InlineData("sparse80")]
    [InlineData("tiny_scale")]
    [InlineData("huge_scale")]
    [InlineData("gradient_like")]
    public void Well_conditioned_matrices_have_the_published_figures(string name)
    {
        using var scope = NewDisposeScope();
        var json = Golden.Json("metrics", "values_pico_lm.json");
        var expected = json["metrics"]![name]!;
        var spectrum = Spectrum.Of(Golden.Tensors("metrics", "matrices.safetensors")[$"matrix.{name}"], Single);

        var (rank, condition) = (EffectiveRank.Of(spectrum), ConditionNumber.Of(spectrum));
        Assert.Equal(("", ""), (rank.Finding, condition.Finding));
        foreach (var (type, tolerance) in new[] { ("float64", Recorded), ("float32", InSingle) })
        {
            Golden.Near(expected[type]!["per"]!, rank.Value, tolerance, isRelative: true);
            // Rounding of a 32-bit SVD is relative to the largest singular value, so the smallest suffers by the ratio.
            var allowed = type == "float64" ? Recorded : Math.Max(InSingle, 1e-6 * condition.Value);
            Golden.Near(expected[type]!["condition_number"]!, condition.Value, allowed, isRelative: true);
        }
        // The paper's fork computes both figures from a matrix cast to 32 bits.
        var fork = Golden.Json("metrics", "values_fork.json")["metrics"]![name]!;
        foreach (var type in new[] { "float32", "float64" })
        {
            Golden.Near(fork[type]!["per"]!, rank.Value, InSingle, isRelative: true);
            var allowed = Math.Max(InSingle, 1e-6 * condition.Value);
            Golden.Near(fork[type]!["condition_number"]!, condition.Value, allowed, isRelative: true);
        }
    }

    [Fact]
    public void Singular_values_are_the_published_ones_of_deficient_matrices_too()
    {
        using var scope = NewDisposeScope();
        var matrices = Golden.Tensors("metrics", "matrices.safetensors");
        foreach (
            var (name, values) in Golden.Json("metrics", "values_pico_lm.json")["singular_values_float64"]!.AsObject()
        )
        {
            var found = Spectrum.Of(matrices[$"matrix.{name}"], Single).Values;
            // Of a zero matrix none are kept.
            foreach (var (value, singular) in values!.AsArray().Zip(found))
                Golden.Near(value!, singular, Recorded * found[0]);
        }
    }

    [Fact]
    public void Equal_singular_values_have_full_effective_rank_and_condition_1()
    {
        using var matrix = eye(5, dtype: float32).Times(3);
        var spectrum = Spectrum.Of(matrix, Single);
        Assert.Equal(1, EffectiveRank.Of(spectrum).Value, Closed);
        Assert.Equal(1, ConditionNumber.Of(spectrum).Value, Closed);
    }

    [Fact]
    public void A_rank_deficient_matrix_is_measured_over_its_numerical_rank_and_named()
    {
        using var scope = NewDisposeScope();
        // The third row is a sum, so the smallest singular value is rounding: over all, the ratio would be about 1e16.
        var matrix = tensor(
                new double[,]
                {
                    { 3, 0, 0, 0 },
                    { 0, 1, 0, 0 },
                    { 3, 1, 0, 0 },
                }
            )
            .to(float32);
        var spectrum = Spectrum.Of(matrix, Single);

        Assert.Equal(2, spectrum.Rank);
        Assert.Equal("rank deficient (2 of 3)", ConditionNumber.Of(spectrum).Finding);
        Assert.InRange(ConditionNumber.Of(spectrum).Value, 1, 10);
        Assert.Equal("rank deficient (2 of 3)", EffectiveRank.Of(spectrum).Finding);
        Assert.InRange(EffectiveRank.Of(spectrum).Value, 1.0 / 3, 2.0 / 3);
    }

    [Fact]
    public void A_zero_matrix_has_no_figures() => AssertNone(zeros(4, 3), "zero matrix");

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_matrix_with_a_number_that_is_not_finite_has_no_figures(double number)
    {
        var matrix = ones(4, 3);
        matrix[1, 1] = number;
        AssertNone(matrix, "not finite");
    }

    [Fact]
    public void A_single_row_has_full_effective_rank_and_condition_1()
    {
        using var row = TensorArithmetic.CountTo(7, 1, float32).Plus(1).unsqueeze(0);
        var spectrum = Spectrum.Of(row, Single);
        Assert.Equal(new SpectrumFigure(1), EffectiveRank.Of(spectrum));
        Assert.Equal(new SpectrumFigure(1), ConditionNumber.Of(spectrum));
    }

    [Fact]
    public void A_difference_that_is_rounding_of_what_was_subtracted_has_no_figures()
    {
        using var scope = NewDisposeScope();
        var whole = Spectrum.Of(eye(6), Single);
        var difference = Spectrum.OfDifference(eye(6).Times(1e-8), Single, whole);
        Assert.Equal(new SpectrumFigure(double.NaN, "below rounding"), EffectiveRank.Of(difference));
        Assert.Equal(new SpectrumFigure(double.NaN, "below rounding"), ConditionNumber.Of(difference));
    }

    [Fact]
    public void No_tensor_is_left()
    {
        using var matrix = Draws.Normal([6, 4]);
        Spectrum.Of(matrix, Single);
        var before = LiveTensors.Count;
        Spectrum.Of(matrix, Single);
        Assert.Equal(before, LiveTensors.Count);
    }

    private static void AssertNone(Tensor matrix, string finding)
    {
        using (matrix)
        {
            var spectrum = Spectrum.Of(matrix, Single);
            Assert.Equal(new SpectrumFigure(double.NaN, finding), EffectiveRank.Of(spectrum));
            Assert.Equal(new SpectrumFigure(double.NaN, finding), ConditionNumber.Of(spectrum));
        }
    }
}
