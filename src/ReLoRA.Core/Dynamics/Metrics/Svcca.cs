using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Singular vector canonical correlation (Raghu et al. 2017): the mean of the canonical correlations of two activations, each first
/// reduced to the leading singular directions whose singular values make up a share of their sum.
/// </summary>
public static class Svcca
{
    /// <summary>The paper's share.</summary>
    public const double DefaultShare = 0.99;

    /// <summary>
    /// The figure of two activations, in 64 bits: 0 to 1, or NaN where there is none. With a share of 1 it is the mean of the
    /// canonical correlations.
    /// </summary>
    /// <param name="first">Samples by columns. Not disposed.</param>
    /// <param name="second">The same samples by columns. Not disposed.</param>
    /// <param name="share">Above 0, to 1: how much of the sum of the singular values is kept.</param>
    public static SpectrumFigure Of(Tensor first, Tensor second, double share = DefaultShare)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var finding = CanonicalCorrelations.FindingOf(first, second);
        if (finding.Length > 0)
            return SpectrumFigure.None(finding);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return CanonicalCorrelations
            .Of(Leading(CentredBasis.Of(first), share), Leading(CentredBasis.Of(second), share))
            .Mean();
    }

    private static CentredBasis Leading(CentredBasis basis, double share)
    {
        var wanted = share * basis.Spectrum.Values.Sum();
        var (kept, sum) = (0, 0.0);
        while (kept < basis.Rank && (share == 1 || sum < wanted))
            sum += basis.Spectrum.Values[kept++];
        return basis.First(kept);
    }
}
