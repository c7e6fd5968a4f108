using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Canonical correlations (Hotelling 1936) of two sets of activations: the singular values of <c>U_x^T U_y</c>, with orthonormal
/// bases of the centred columns over their numerical ranks (Bjorck and Golub 1973). No inverse of a covariance, so nothing is
/// divided by rounding.
/// </summary>
public static class CanonicalCorrelations
{
    /// <summary>
    /// The figures of two activations, in 64 bits: each 0 to 1, largest first, as many as the lower of the two ranks; none where
    /// a side has as many columns as samples, whose correlations are 1 whatever the data.
    /// </summary>
    /// <param name="first">Samples by columns. Not disposed.</param>
    /// <param name="second">The same samples by columns. Not disposed.</param>
    public static VectorFigure Of(Tensor first, Tensor second)
    {
        var finding = FindingOf(first, second);
        if (finding.Length > 0)
            return VectorFigure.None(finding);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return Of(CentredBasis.Of(first), CentredBasis.Of(second));
    }

    internal static string FindingOf(Tensor first, Tensor second)
    {
        var finding = Activations.FindingOf(first, second);
        if (finding.Length > 0)
            return finding;
        return first.shape[0] <= Math.Max(first.shape[1], second.shape[1]) ? Findings.FewerSamples : "";
    }

    internal static VectorFigure Of(CentredBasis first, CentredBasis second)
    {
        if (first.Rank == 0 || second.Rank == 0)
            return VectorFigure.None(Findings.BelowRounding);
        var values = linalg.svdvals(mm(first.U_NR.t(), second.U_NR)).data<double>().ToArray();
        // A cosine of unit vectors passes 1 by rounding only.
        return new VectorFigure([.. values.Select(value => Math.Min(1, value))], MarkOf(first, second));
    }

    internal static string MarkOf(CentredBasis first, CentredBasis second)
    {
        var own = RankFinding.Of(first.Spectrum);
        var mark = own.Length > 0 ? own : RankFinding.Of(second.Spectrum);
        if (mark.Length > 0)
            return mark;
        return first.Rank + second.Rank > first.Spectrum.Rows - 1 ? Findings.FewerSamplesThanBoth : "";
    }
}
