using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

/// <summary>Gini's coefficient and Hoyer's measure.</summary>
public sealed class SparsityTests
{
    /// <summary>Figures known in closed form: some roundings of 64 bits.</summary>
    private const double Closed = 1e-12;

    private static readonly IReadOnlyList<Func<Tensor, SpectrumFigure>> Measures = [Gini.Of, Hoyer.Of];

    [Fact]
    public void Equal_absolute_values_are_0_and_a_single_one_that_is_not_0_is_the_most()
    {
        using var scope = NewDisposeScope();
        var (equal, single) = (
            tensor(new double[] { 0.3, -0.3, 0.3, -0.3, 0.3 }),
            tensor(new double[] { 0, 0, -7, 0, 0 })
        );

        Assert.All(Measures, measure => Assert.Equal(0, measure(equal).Value, Closed));
        Assert.Equal(0.8, Gini.Of(single).Value, Closed);
        Assert.Equal(1, Hoyer.Of(single).Value, Closed);
    }

    [Fact]
    public void Figures_of_given_elements_are_those_of_their_formulas()
    {
        using var scope = NewDisposeScope();
        var elements = tensor(new double[] { 3, -1, 0, 2 });

        // (-3 * 0 - 1 * 1 + 1 * 2 + 3 * 3) / (4 * 6)
        Assert.Equal(10.0 / 24, Gini.Of(elements).Value, Closed);
        Assert.Equal(2 - (6 / Math.Sqrt(14)), Hoyer.Of(elements).Value, Closed);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(-2)]
    [InlineData(1e300)]
    public void Neither_changes_with_a_factor_or_the_order_and_shape_of_elements(double factor)
    {
        using var scope = NewDisposeScope();
        var matrix = Matrices.Gaussian(6, 5);
        foreach (var measure in Measures)
        {
            Assert.Equal(measure(matrix).Value, measure(matrix.Times(factor)).Value, Closed);
            Assert.Equal(measure(matrix).Value, measure(matrix.t().flip(0).reshape(2, 3, 5)).Value, Closed);
            Assert.InRange(measure(matrix).Value, 0, 1);
        }
    }

    [Fact]
    public void Gaussian_elements_have_the_figures_of_a_Gaussian()
    {
        using var scope = NewDisposeScope();
        var matrix = Matrices.Gaussian(400, 300);

        // Both deviate by about 1 / sqrt(120,000).
        Assert.Equal(Math.Sqrt(2) - 1, Gini.Of(matrix).Value, 0.01);
        Assert.Equal(1 - Math.Sqrt(2 / Math.PI), Hoyer.Of(matrix).Value, 0.01);
    }

    [Fact]
    public void Sixteen_bits_are_summed_in_64()
    {
        using var scope = NewDisposeScope();
        var stored = Matrices.Gaussian(300, 300).to(bfloat16);
        Assert.All(Measures, measure => Assert.Equal(measure(stored.to(float64)), measure(stored)));
    }

    [Fact]
    public void Zero_not_finite_and_empty_tensors_and_single_elements_are_named()
    {
        using var scope = NewDisposeScope();
        foreach (var measure in Measures)
        {
            Assert.Equal(SpectrumFigure.None("zero matrix"), measure(zeros(3, 4)));
            Assert.Equal(SpectrumFigure.None("not finite"), measure(full(3, 4, LivingScalar.Of(double.NaN))));
            Assert.Equal(
                SpectrumFigure.None("not finite"),
                measure(full(3, 4, LivingScalar.Of(double.PositiveInfinity)))
            );
            Assert.Equal(SpectrumFigure.None("empty"), measure(zeros(0)));
        }
        Assert.Equal(SpectrumFigure.None("single element"), Hoyer.Of(ones(1, 1)));
        Assert.Equal(new SpectrumFigure(0), Gini.Of(ones(1, 1)));
    }
}
