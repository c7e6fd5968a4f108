using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Gini's coefficient of the absolute values (Hurley and Rickard 2009): <c>sum_i (2i - n - 1) x_(i) / (n sum x)</c>, x sorted
/// upwards, i from 1. 0 where all are equal, <c>1 - 1/n</c> where one is not 0; about 0.414 for Gaussian elements.
/// </summary>
public static class Gini
{
    /// <summary>The figure of a tensor of any shape, in 64 bits: 0 to 1 - 1/n, or NaN where there is none.</summary>
    /// <param name="tensor">The tensor. Not disposed.</param>
    public static SpectrumFigure Of(Tensor tensor)
    {
        var finding = Elements.FindingOf(tensor);
        if (finding.Length > 0)
            return SpectrumFigure.None(finding);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        // Sorting is exact in any type, and dearest in 64 bits.
        var sorted = Elements.Shares(tensor.flatten().abs().sort().Values);
        var count = tensor.numel();
        using var positions = TensorArithmetic.CountTo(count, 1, ScalarType.Float64).to(tensor.device);
        // Two sums and one subtraction of means keep equal elements at exactly 0.
        var centred = positions - positions.mean();
        var weighted = (centred * sorted).sum().item<double>();
        return SpectrumFigure.Of(Math.Max(0, 2 * weighted / (count * sorted.sum().item<double>())));
    }
}
