namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Stable rank (Rudelson and Vershynin 2007): <c>Frobenius norm^2 / spectral norm^2 = sum sigma^2 / sigma_1^2</c>, over the
/// numerical rank. Small singular values hardly count, so it moves little where the effective rank does.
/// </summary>
public static class StableRank
{
    /// <summary>The figure of a spectrum: 1 to the numerical rank, or NaN where the matrix has none.</summary>
    /// <param name="spectrum">The singular values.</param>
    public static SpectrumFigure Of(Spectrum spectrum) =>
        spectrum.Finding.Length > 0
            ? SpectrumFigure.None(spectrum.Finding)
            : new SpectrumFigure(
                spectrum.Values.Take(spectrum.Rank).Sum(value => Math.Pow(value / spectrum.Values[0], 2)),
                RankFinding.Of(spectrum)
            );
}
