namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Numerical rank: how many singular values stand above <see cref="Spectrum.Tolerance"/>, as in NumPy's and PyTorch's
/// <c>matrix_rank</c>.
/// </summary>
public static class NumericalRank
{
    /// <summary>The figure of a spectrum: 0 to min(rows, columns); 0 for a zero matrix, which is marked as one.</summary>
    /// <param name="spectrum">The singular values.</param>
    public static SpectrumFigure Of(Spectrum spectrum) =>
        spectrum.Finding is "" or Findings.ZeroMatrix or Findings.BelowRounding
            ? new SpectrumFigure(spectrum.Rank, spectrum.Finding)
            : SpectrumFigure.None(spectrum.Finding);
}
