namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>All singular values, largest first, those below the tolerance included: the finding says how many are rounding.</summary>
public static class SingularValues
{
    /// <summary>As many as the shorter side is long; none where the matrix is not finite, empty or no matrix.</summary>
    /// <param name="spectrum">The singular values.</param>
    public static VectorFigure Of(Spectrum spectrum) =>
        spectrum.Finding switch
        {
            "" => new VectorFigure(spectrum.Values, RankFinding.Of(spectrum)),
            Findings.ZeroMatrix or Findings.BelowRounding => new VectorFigure(spectrum.Values, spectrum.Finding),
            _ => VectorFigure.None(spectrum.Finding),
        };
}
