using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Hoyer's sparseness (2004): <c>(sqrt n - L1 / L2) / (sqrt n - 1)</c>. 0 where all absolute values are equal, 1 where one is not
/// 0; about 0.202 for Gaussian elements of many.
/// </summary>
public static class Hoyer
{
    /// <summary>The figure of a tensor of any shape, in 64 bits: 0 to 1, or NaN where there is none.</summary>
    /// <param name="tensor">The tensor. Not disposed.</param>
    public static SpectrumFigure Of(Tensor tensor)
    {
        var finding = tensor.numel() == 1 ? Findings.SingleElement : Elements.FindingOf(tensor);
        if (finding.Length > 0)
            return SpectrumFigure.None(finding);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var shares = Elements.Shares(tensor);
        var ratio = shares.sum().item<double>() / Math.Sqrt((shares * shares).sum().item<double>());
        var root = Math.Sqrt(tensor.numel());
        return SpectrumFigure.Of(Math.Clamp((root - ratio) / (root - 1), 0, 1));
    }
}
