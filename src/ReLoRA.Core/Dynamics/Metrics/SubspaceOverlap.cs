using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Overlap of the leading singular subspaces of two matrices (Hu et al. 2021, section 7.2): <c>|U^T V|_F^2 / min(k, l)</c>, which is
/// the mean squared cosine of their principal angles. Random subspaces of k and l dimensions among d overlap by
/// <c>max(k, l) / d</c>.
/// </summary>
public static class SubspaceOverlap
{
    /// <summary>The figure of two matrices: 0 to 1, or NaN where there is none.</summary>
    /// <inheritdoc cref="PrincipalAngles.Of(Tensor, Tensor, int, SingularSide)"/>
    public static SpectrumFigure Of(Tensor first, Tensor second, int count, SingularSide side) =>
        Of(PrincipalAngles.Of(first, second, count, side));

    /// <summary>The figure of principal angles that are at hand, so that both share their decompositions.</summary>
    /// <param name="angles">The angles in radians.</param>
    public static SpectrumFigure Of(VectorFigure angles) =>
        new VectorFigure([.. angles.Values.Select(angle => Math.Pow(Math.Cos(angle), 2))], angles.Finding).Mean();
}
