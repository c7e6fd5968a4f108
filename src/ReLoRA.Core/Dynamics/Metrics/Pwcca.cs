using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Projection-weighted canonical correlation (Morcos et al. 2018): <c>sum alpha_i rho_i / sum alpha_i</c> over the canonical
/// correlations <c>rho_i</c> of two activations, weighted by how much of the narrower side they account for.
/// </summary>
public static class Pwcca
{
    /// <summary>The figure of two activations, in 64 bits: 0 to 1, or NaN where there is none.</summary>
    /// <param name="first">Samples by columns. Not disposed.</param>
    /// <param name="second">The same samples by columns. Not disposed.</param>
    /// <param name="weights">Which weights; those of the published code have no figure where a side is rank-deficient.</param>
    public static SpectrumFigure Of(Tensor first, Tensor second, PwccaWeights weights = PwccaWeights.Defined)
    {
        var (found, correlations) = Weighted(first, second, weights);
        return found.Values.Count == 0
            ? SpectrumFigure.None(found.Finding)
            : SpectrumFigure.Of(found.Values.Zip(correlations, (weight, value) => weight * value).Sum(), found.Finding);
    }

    /// <summary>The weights, which sum to 1, and the correlations that they weight.</summary>
    internal static (VectorFigure Weights, IReadOnlyList<double> Correlations) Weighted(
        Tensor first,
        Tensor second,
        PwccaWeights weights
    )
    {
        var finding = CanonicalCorrelations.FindingOf(first, second);
        if (finding.Length > 0)
            return (VectorFigure.None(finding), []);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var (x, y) = (CentredBasis.Of(first), CentredBasis.Of(second));
        var correlations = CanonicalCorrelations.Of(x, y);
        var isDeficient = x.Spectrum.IsRankDeficient || y.Spectrum.IsRankDeficient;
        if (correlations.Values.Count == 0 || (weights == PwccaWeights.Published && isDeficient))
            return (VectorFigure.None(correlations.Finding), []);

        var isFirst = x.Rank <= y.Rank;
        var alpha =
            weights == PwccaWeights.Defined
                ? Defined(x, y, isFirst)
                : Published(x, y, isFirst, isFirst ? first : second);
        var sum = alpha.Sum();
        return (new VectorFigure([.. alpha.Select(weight => weight / sum)], correlations.Finding), correlations.Values);
    }

    private static double[] Defined(CentredBasis x, CentredBasis y, bool isFirst)
    {
        var (narrow, wide) = isFirst ? (x, y) : (y, x);
        var (rotation_RR, _, _) = linalg.svd(mm(narrow.U_NR.t(), wide.U_NR), fullMatrices: false);
        var columns_RP = narrow.S_R.unsqueeze(1) * narrow.Vt_RP;
        return Sums(mm(rotation_RR.t(), columns_RP));
    }

    private static double[] Published(CentredBasis x, CentredBasis y, bool isFirst, Tensor activations)
    {
        // The decomposition of the very matrix that is decomposed there: another one may give other signs.
        var whitened_PQ = mm(mm(x.Vt_RP.t(), mm(x.U_NR.t(), y.U_NR)), y.Vt_RP);
        var (u_PK, _, vt_KQ) = linalg.svd(whitened_PQ, fullMatrices: false);
        var (narrow, turn) = isFirst ? (x, u_PK) : (y, vt_KQ.t());
        var exact_NP = activations.to(float64).cpu();
        var centred_NP = mm(narrow.U_NR * narrow.S_R, narrow.Vt_RP);
        var (basis_NP, _) = linalg.qr(mm(centred_NP, turn).Plus(exact_NP.mean([0], keepdim: true)));
        return Sums(mm(basis_NP.t(), exact_NP));
    }

    private static double[] Sums(Tensor products) => products.abs().sum(1).data<double>().ToArray();
}
