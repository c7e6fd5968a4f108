using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Principal angles between the leading singular subspaces of two matrices, say of one weight at two checkpoints (Bjorck and Golub
/// 1973): cosines are the singular values of <c>U^T V</c>, and angles whose cosine cannot tell them from 0 come from their sine,
/// the singular values of <c>V - U U^T V</c> (Knyazev and Argentati 2002).
/// </summary>
public static class PrincipalAngles
{
    /// <summary>
    /// The angles in radians, smallest first, each 0 to pi/2, in 64 bits; as many as the smaller subspace has dimensions. A
    /// subspace ends at its matrix's numerical rank, which is marked; none where the cut falls between equal singular values.
    /// </summary>
    /// <param name="first">A matrix. Not disposed.</param>
    /// <param name="second">A matrix with vectors as long on that side. Not disposed.</param>
    /// <param name="count">Dimensions of each subspace, at least 1.</param>
    /// <param name="side">Whether to compare left or right singular vectors.</param>
    public static VectorFigure Of(Tensor first, Tensor second, int count, SingularSide side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return Of(LeadingSubspace.Of(first, count, side), LeadingSubspace.Of(second, count, side));
    }

    /// <summary>The angles of subspaces that are at hand.</summary>
    internal static VectorFigure Of(LeadingSubspace one, LeadingSubspace other)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        if (one.IsNone || other.IsNone)
            return VectorFigure.None(one.IsNone ? one.Finding : other.Finding);
        if (one.Basis.shape[0] != other.Basis.shape[0])
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Singular vectors of {one.Basis.shape[0]} and of {other.Basis.shape[0]} elements have no angles."
                )
            );
        }
        var (wide, narrow) = one.Basis.shape[1] >= other.Basis.shape[1] ? (one, other) : (other, one);
        return new VectorFigure(Angles(wide.Basis, narrow.Basis), one.Finding.Length > 0 ? one.Finding : other.Finding);
    }

    private static double[] Angles(Tensor wide_DK, Tensor narrow_DL)
    {
        var shared_KL = mm(wide_DK.t(), narrow_DL);
        var cosines = linalg.svdvals(shared_KL).data<double>().ToArray();
        var sines = linalg.svdvals(narrow_DL - mm(wide_DK, shared_KL)).data<double>().ToArray();
        // Cosines fall where sines, largest first, are read from the end.
        return
        [
            .. cosines.Select(
                (cosine, at) => cosine * cosine < 0.5 ? Math.Acos(cosine) : Math.Asin(Math.Min(1, sines[^(at + 1)]))
            ),
        ];
    }
}
