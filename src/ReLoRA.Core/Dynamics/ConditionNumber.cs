using ReLoRA.Core.Dynamics.Metrics;

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

    /// <summary>
    /// As published: the largest singular value over the smallest of all, <c>sigma_1 / sigma_min(rows, columns)</c>. Where the
    /// smallest is rounding the figure is rounding too and is marked <c>numerically singular</c>; where it is 0 there is none.
    /// </summary>
    /// <param name="spectrum">The singular values.</param>
    public static SpectrumFigure Raw(Spectrum spectrum)
    {
        if (spectrum.Finding.Length > 0)
            return SpectrumFigure.None(spectrum.Finding);
        var ratio = spectrum.Values[0] / spectrum.Values[^1];
        if (!spectrum.IsRankDeficient)
            return SpectrumFigure.Of(ratio);
        return new SpectrumFigure(double.IsFinite(ratio) ? ratio : double.NaN, Findings.NumericallySingular);
    }
}
