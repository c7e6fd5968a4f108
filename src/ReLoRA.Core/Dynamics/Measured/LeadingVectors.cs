using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

// R: the longer side, C: the shorter side, K: directions, D: the side asked for.
namespace ReLoRA.Core.Dynamics.Measured;

/// <summary>
/// The leading singular vectors of a tensor whose singular values are known, as plain numbers. They are the leading eigenvectors of its Gram matrix, which is as
/// small as the shorter side: small singular values, which that squares away, do not lead.
/// </summary>
/// <param name="values">An orthonormal basis, row by row.</param>
/// <param name="length">Elements of a vector.</param>
/// <param name="count">Vectors.</param>
/// <param name="finding">Why there is none; else empty.</param>
internal sealed class LeadingVectors(double[] values, long length, long count, string finding)
{
    /// <summary>Below this share of the largest singular value the Gram matrix has too few digits left, and the matrix itself is decomposed.</summary>
    private const double LeastShare = 1e-5;

    /// <summary>The basis as a subspace. The caller's scope owns it.</summary>
    public LeadingSubspace Subspace() => new(tensor(values, [length, count], dtype: float64), finding);

    /// <summary>Finds them.</summary>
    /// <param name="tensor">A matrix that has a spectrum.</param>
    /// <param name="count">Directions, at most its numerical rank.</param>
    /// <param name="side">Which singular vectors.</param>
    public static LeadingVectors Of(MeasuredTensor tensor, int count, SingularSide side)
    {
        var spectrum = tensor.Spectrum;
        if (!LeadingSubspace.HasGap(spectrum, count))
            return new LeadingVectors([], 0, 0, Findings.NoGap);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var basis_DK =
            spectrum.Values[count - 1] < LeastShare * spectrum.Values[0]
                ? LeadingSubspace.Of(tensor.Value(), count, side).Basis
                : Basis(tensor.Value(), spectrum.Values[0], count, side);
        return new LeadingVectors(
            basis_DK.contiguous().data<double>().ToArray(),
            basis_DK.shape[0],
            basis_DK.shape[1],
            basis_DK.numel() == 0 ? Findings.NoGap : ""
        );
    }

    private static Tensor Basis(Tensor matrix, double largest, int count, SingularSide side)
    {
        var isTall = matrix.shape[0] >= matrix.shape[1];
        var tall_RC = (isTall ? matrix : matrix.t()).Times(1 / largest);
        var (_, vectors_CC) = linalg.eigh(mm(tall_RC.t(), tall_RC));
        var short_CK = vectors_CC.narrow(1, vectors_CC.shape[1] - count, count);
        if (isTall == (side == SingularSide.Right))
            return short_CK;
        var (basis_RK, _) = linalg.qr(mm(tall_RC, short_CK));
        return basis_RK;
    }
}
