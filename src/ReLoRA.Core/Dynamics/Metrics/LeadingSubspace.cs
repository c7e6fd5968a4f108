using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// The span of a matrix's leading singular vectors on one side: an orthonormal basis in 64 bits, which the scope in which it was
/// made owns, and what is to be said of it.
/// </summary>
internal sealed record LeadingSubspace(Tensor Basis, string Finding)
{
    /// <summary>Whether there is no such subspace.</summary>
    public bool IsNone => Basis.numel() == 0;

    public static LeadingSubspace Of(Tensor matrix, int count, SingularSide side)
    {
        var none = zeros(0, 0, dtype: float64);
        var finding = matrix.dim() != 2 ? Findings.NotAMatrix : Elements.FindingOf(matrix);
        if (finding.Length > 0)
            return new LeadingSubspace(none, finding);
        var (u, s, vt) = linalg.svd(matrix.to(float64).cpu(), fullMatrices: false);
        var spectrum = Spectrum.OfStored(matrix, s.data<double>().ToArray());
        if (spectrum.Rank == 0)
            return new LeadingSubspace(none, spectrum.Finding);
        if (!HasGap(spectrum, count))
            return new LeadingSubspace(none, Findings.NoGap);
        var kept = Math.Min(count, spectrum.Rank);
        var basis = side == SingularSide.Left ? u.narrow(1, 0, kept) : vt.narrow(0, 0, kept).t();
        return new LeadingSubspace(basis, RankFinding.Of(kept, count));
    }

    /// <summary>Whether it is clear which directions lead: rounding turns a subspace by about tolerance / gap (Davis and Kahan 1970).</summary>
    public static bool HasGap(Spectrum spectrum, int count) =>
        count >= spectrum.Rank || spectrum.Values[count - 1] - spectrum.Values[count] > spectrum.Tolerance;
}
