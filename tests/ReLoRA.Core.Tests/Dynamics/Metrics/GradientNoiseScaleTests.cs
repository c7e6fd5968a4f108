using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

public sealed class GradientNoiseScaleTests
{
    [Fact]
    public void Expected_squared_lengths_give_back_gradient_noise_and_their_ratio()
    {
        // |G|^2 = 2 and tr(Sigma) = 12.
        var found = GradientNoiseScale.Of(2 + (12.0 / 4), 4, 2 + (12.0 / 32), 32);
        Assert.Equal(2, found.SquaredGradient.Value, 1e-12);
        Assert.Equal(12, found.Noise.Value, 1e-12);
        Assert.Equal(6, found.Scale.Value, 1e-12);
        Assert.Equal("", found.Scale.Finding);
    }

    [Fact]
    public void Drawn_gradients_give_their_noise_scale()
    {
        using var scope = NewDisposeScope();
        // 64 micro-batches of 2 samples: 400 elements of 1 with unit noise a sample, so |G|^2 = 400 and tr(Sigma) = 400.
        var noise = Matrices.Gaussian(64, 400).Times(1 / Math.Sqrt(2));
        var gradients = Enumerable.Range(0, 64).Select(at => noise[at].Plus(1).reshape(20, 20)).ToList();
        var found = GradientNoiseScale.Of(gradients, 2);

        // Each estimate is a mean over 25,600 draws.
        Assert.Equal(400, found.SquaredGradient.Value, 20.0);
        Assert.Equal(400, found.Noise.Value, 20.0);
        Assert.Equal(1, found.Scale.Value, 0.1);
    }

    [Fact]
    public void A_gradient_that_noise_covers_and_a_negative_noise_are_not_resolved()
    {
        var covered = GradientNoiseScale.Of(10, 1, 1, 2);
        Assert.True(covered.SquaredGradient.Value < 0);
        Assert.Equal(SpectrumFigure.None("not resolved"), covered.Scale);
        Assert.Equal(SpectrumFigure.None("not resolved"), GradientNoiseScale.Of(1, 1, 2, 2).Scale);
        Assert.Equal(SpectrumFigure.None("not resolved"), GradientNoiseScale.Of(0, 1, 0, 2).Scale);
        Assert.Equal(SpectrumFigure.None("not finite"), GradientNoiseScale.Of(double.NaN, 1, 2, 2).Scale);
    }

    [Fact]
    public void Two_batches_of_one_size_and_a_single_micro_batch_are_refused()
    {
        using var gradient = ones(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientNoiseScale.Of(1, 4, 1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientNoiseScale.Of([gradient], 4));
    }
}
