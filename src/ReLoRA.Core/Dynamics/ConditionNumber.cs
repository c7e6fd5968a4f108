namespace ReLoRA.Core.Dynamics;

/// <summary>
/// The condition number of a matrix on the space it acts on: the largest singular value over the smallest of the numerical rank.
/// Over all singular values a rank-deficient matrix would give a ratio of rounding errors.
/// </summary>
public static class ConditionNumber
{
    /// <summary>The figure of a spectrum: at least 1, or NaN where the matrix has none.</summary>
    /// <param name="spectrum">The singular values.</param>
    public static SpectrumFigure Of(Spectrum spectrum) =>
        spectrum.Finding.Length > 0
            ? new SpectrumFigure(double.NaN, spectrum.Finding)
            : new SpectrumFigure(spectrum.Values[0] / spectrum.Values[spectrum.Rank - 1], RankFinding.Of(spectrum));
}
