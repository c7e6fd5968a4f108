using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Anisotropy of activations (Ethayarajh 2019): the mean cosine of two different samples, over all pairs,
/// <c>(|sum u_i|^2 - n) / (n (n - 1))</c> with <c>u_i</c> the rows over their lengths, so that no n x n matrix is made. Near 0 where
/// directions are spread, near 1 where all samples share one.
/// </summary>
public static class Anisotropy
{
    /// <summary>
    /// The figure of activations, in 64 bits: -1 / (n - 1) to 1, or NaN where there is none. Samples that are zero have no
    /// direction; they do not count and are marked.
    /// </summary>
    /// <param name="activations">Samples by columns. Not disposed.</param>
    public static SpectrumFigure Of(Tensor activations)
    {
        var finding = activations.dim() != 2 ? Findings.NotAMatrix : Elements.FindingOf(activations);
        if (finding.Length > 0)
            return SpectrumFigure.None(finding);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var scaled_ND = Activations.Scaled(activations.to(float64));
        var lengths_N = (scaled_ND * scaled_ND).sum(1).sqrt();
        var counts = lengths_N.nonzero().flatten();
        var (count, total) = (counts.numel(), activations.shape[0]);
        if (count < 2)
            return SpectrumFigure.None(Findings.TooFewSamples);
        var unit_ND = scaled_ND.index_select(0, counts) / lengths_N.index_select(0, counts).unsqueeze(1);
        // A plain 0 would be taken for a type of numbers.
        var sum_D = unit_ND.sum([0]);
        var pairs = (sum_D * sum_D).sum().item<double>() - (unit_ND * unit_ND).sum().item<double>();
        return SpectrumFigure.Of(
            pairs / ((double)count * (count - 1)),
            count < total ? FormattableString.Invariant($"{total - count} of {total} samples are zero") : ""
        );
    }
}
