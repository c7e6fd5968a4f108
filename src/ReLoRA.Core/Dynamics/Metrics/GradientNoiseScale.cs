using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Simple gradient noise scale (McCandlish et al. 2018, appendix A.1) from the squared lengths of gradients over b and over B
/// samples, <c>E|G_b|^2 = |G|^2 + tr(Sigma) / b</c>: <c>|G|^2 = (B |G_B|^2 - b |G_b|^2) / (B - b)</c> and
/// <c>tr(Sigma) = (|G_b|^2 - |G_B|^2) / (1/b - 1/B)</c>. A batch much smaller than their ratio wastes few samples.
/// </summary>
public static class GradientNoiseScale
{
    /// <summary>
    /// The estimates; the scale is NaN and marked <c>not resolved</c> where either estimate is not positive, which both can be by
    /// chance.
    /// </summary>
    /// <param name="small">Squared length of a gradient over the smaller batch, or the mean of several.</param>
    /// <param name="smallBatch">Samples in the smaller batch, at least 1.</param>
    /// <param name="large">Squared length of the gradient over the larger batch.</param>
    /// <param name="largeBatch">Samples in the larger batch.</param>
    public static GradientNoise Of(double small, long smallBatch, double large, long largeBatch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(smallBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(largeBatch, smallBatch);
        var squared = SpectrumFigure.Of(((largeBatch * large) - (smallBatch * small)) / (largeBatch - smallBatch));
        var noise = SpectrumFigure.Of((small - large) / ((1.0 / smallBatch) - (1.0 / largeBatch)));
        var finding =
            squared.Finding.Length > 0 ? squared.Finding
            : noise.Finding.Length > 0 ? noise.Finding
            : squared.Value <= 0 || noise.Value <= 0 ? Findings.NotResolved
            : "";
        var scale = finding.Length > 0 ? SpectrumFigure.None(finding) : SpectrumFigure.Of(noise.Value / squared.Value);
        return new GradientNoise(squared, noise, scale);
    }

    /// <summary>The estimates from the gradients of equal micro-batches, whose mean is the gradient of the larger batch.</summary>
    /// <param name="microGradients">A gradient for each micro-batch, at least two, each the mean over its samples. Not disposed.</param>
    /// <param name="samples">Samples in each micro-batch.</param>
    public static GradientNoise Of(IReadOnlyList<Tensor> microGradients, long samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(microGradients.Count, 2);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var rows = stack([.. microGradients.Select(gradient => gradient.to(float64).flatten())]);
        var small = (rows * rows).sum(1).mean().item<double>();
        var mean = rows.mean([0]);
        return Of(small, samples, (mean * mean).sum().item<double>(), samples * microGradients.Count);
    }
}
