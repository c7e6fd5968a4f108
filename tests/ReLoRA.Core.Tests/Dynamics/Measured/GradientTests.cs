using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Measured;

/// <summary>The copy that rows pass through gives the gradients that autograd gives of the model itself.</summary>
public sealed class GradientTests : IDisposable
{
    /// <summary>64 bits; the copy multiplies by W + sBA where the model multiplies twice.</summary>
    private const double Rounding = 1e-12;

    private const int Rows = 5;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("pico")]
    [InlineData("neox")]
    public void Of_a_full_rank_model_it_is_autograds(string architecture)
    {
        using var scope = NewDisposeScope();
        using var models = new MeasuredModels(folder, LowRankMethod.FullRank, architecture);
        AssertGradients(models, ProbeTarget.Gradient, "weight", "");
    }

    [Theory]
    [InlineData("pico")]
    [InlineData("neox")]
    public void Of_adapters_the_true_gradient_is_that_with_respect_to_the_weight_they_stand_beside(string architecture)
    {
        using var scope = NewDisposeScope();
        using var models = new MeasuredModels(folder, LowRankMethod.ReLoRA, architecture);
        foreach (var linear in models.Model.Linears)
            models.Model.Parameters[$"{linear.Name}.weight"].Value.requires_grad_(true);

        AssertGradients(models, ProbeTarget.Gradient, "weight", "");
    }

    [Theory]
    [InlineData(LowRankMethod.ReLoRA)]
    [InlineData(LowRankMethod.LoRA)]
    [InlineData(LowRankMethod.LowRank)]
    public void Those_of_the_factors_are_autograds(LowRankMethod method)
    {
        using var scope = NewDisposeScope();
        using var models = new MeasuredModels(folder, method);

        AssertGradients(models, ProbeTarget.AdapterAGradient, "A_lora.weight", ".A_lora");
        AssertGradients(models, ProbeTarget.AdapterBGradient, "B_lora.weight", ".B_lora");
    }

    [Fact]
    public void A_trained_scale_is_that_of_the_adapters_gradients_too()
    {
        using var scope = NewDisposeScope();
        using var models = new MeasuredModels(
            folder,
            LowRankMethod.ReLoRA,
            change: config => config with { LowRank = config.LowRank with { Scaling = AdapterScaling.TrainableTanh } }
        );

        AssertGradients(models, ProbeTarget.AdapterAGradient, "A_lora.weight", ".A_lora");
        AssertGradients(models, ProbeTarget.AdapterBGradient, "B_lora.weight", ".B_lora");
    }

    [Fact]
    public void The_squares_of_single_rows_are_those_of_their_own_gradients()
    {
        using var scope = NewDisposeScope();
        using var models = new MeasuredModels(folder, LowRankMethod.FullRank);
        using var source = models.Source();
        var name = source.Names(ProbeTarget.Gradient)[0];
        var weight = models.Model.Parameters[$"{name}.weight"].Value;

        var gradient = source.Of(ProbeTarget.Gradient, name, 2)[0];

        // The first row alone, and from the mean of both the second.
        var first = autograd.grad([models.Loss(1)], [weight])[0];
        var second = autograd.grad([models.Loss(2)], [weight])[0] * tensor(2.0, dtype: float64) - first;
        Assert.Equal(2, gradient.RowSquares.Count);
        Assert.Equal(1, gradient.RowSquares[0] / (first * first).sum().item<double>(), Rounding);
        Assert.Equal(1, gradient.RowSquares[1] / (second * second).sum().item<double>(), 1e-11);
    }

    [Fact]
    public void Frobenius_norms_of_gradients_are_those_of_autograd()
    {
        using var scope = NewDisposeScope();
        using var models = new MeasuredModels(folder, LowRankMethod.FullRank);
        using var source = models.Source();
        var probe = new ProbeConfig
        {
            Metric = ProbeMetric.FrobeniusNorm,
            Of = ProbeTarget.Gradient,
            Rows = Rows,
        };

        var figures = Measurement.Of(probe, source, () => throw new InvalidOperationException());

        var expected = autograd.grad(
            [models.Loss(Rows)],
            [.. models.Model.Linears.Select(linear => models.Model.Parameters[$"{linear.Name}.weight"].Value)]
        );
        Assert.Equal(models.Model.Linears.Select(linear => linear.Name), figures.Select(figure => figure.Name));
        foreach (var (gradient, figure) in expected.Zip(figures))
            Assert.Equal(1, figure.Figure.Value / gradient.norm().item<double>(), Rounding);
    }

    private static void AssertGradients(MeasuredModels models, ProbeTarget target, string parameter, string ending)
    {
        using var source = models.Source();
        var names = models.Model.Linears.Select(linear => linear.Name).ToList();
        var expected = autograd.grad(
            [models.Loss(Rows)],
            [.. names.Select(name => models.Model.Parameters[$"{name}.{parameter}"].Value)]
        );
        foreach (var (name, gradient) in names.Zip(expected))
        {
            var found = Assert.Single(source.Of(target, name, Rows));
            Assert.Equal(name + ending, found.Name);
            MeasuredModels.AssertNear(gradient, found.Value(), Rounding);
        }
    }
}
