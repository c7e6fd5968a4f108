using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

public sealed class NormsTests
{
    /// <summary>Figures known in closed form: some roundings of 64 bits.</summary>
    private const double Closed = 1e-12;

    [Fact]
    public void Norms_of_given_singular_values_are_those_of_their_formulas()
    {
        using var scope = NewDisposeScope();
        var matrix = Matrices.WithSingularValues(4, 2, 1);
        var spectrum = Spectrum.OfStored(matrix);

        Assert.Equal(7, Norms.Nuclear(spectrum).Value, Closed);
        Assert.Equal(4, Norms.Spectral(spectrum).Value, Closed);
        Assert.Equal(Math.Sqrt(21), Norms.Frobenius(spectrum).Value, Closed);
        Assert.Equal(Math.Sqrt(21), Norms.Frobenius(matrix).Value, Closed);
        Assert.Equal(5, Norms.Max(tensor(new double[] { 1, -5, 2 })).Value);
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void Squares_that_no_number_holds_do_no_harm(double factor)
    {
        using var scope = NewDisposeScope();
        var matrix = Matrices.WithSingularValues(4, 2, 1).Times(factor);
        Assert.Equal(Math.Sqrt(21), Norms.Frobenius(matrix).Value / factor, Closed);
        Assert.Equal(Math.Sqrt(21), Norms.Frobenius(Spectrum.OfStored(matrix)).Value / factor, Closed);
    }

    [Fact]
    public void A_zero_matrix_has_norms_of_0()
    {
        using var scope = NewDisposeScope();
        var matrix = zeros(3, 2);
        var spectrum = Spectrum.OfStored(matrix);
        Assert.All(
            [Norms.Frobenius(matrix), Norms.Max(matrix), Norms.Nuclear(spectrum), Norms.Spectral(spectrum)],
            norm => Assert.Equal(new SpectrumFigure(0), norm)
        );
    }

    [Fact]
    public void What_is_not_finite_has_no_norm_and_a_norm_above_the_largest_number_is_named()
    {
        using var scope = NewDisposeScope();
        var matrix = full(3, 2, LivingScalar.Of(double.PositiveInfinity));
        Assert.Equal(SpectrumFigure.None("not finite"), Norms.Frobenius(matrix));
        Assert.Equal(SpectrumFigure.None("not finite"), Norms.Max(matrix));
        Assert.Equal(SpectrumFigure.None("not finite"), Norms.Nuclear(Spectrum.OfStored(matrix)));
        Assert.Equal(
            SpectrumFigure.None("not finite"),
            Norms.Frobenius(full(3, 2, LivingScalar.Of(1.5e308), dtype: float64))
        );
    }
}
