using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics;

[Collection(DefaultGenerator.Collection)]
public sealed class SpectrumFigureTests
{
    /// <summary>Figures known in closed form: a few roundings of 64 bits.</summary>
    private const double Closed = 1e-12;

    private const double Single = 1.1920928955078125e-7;

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
