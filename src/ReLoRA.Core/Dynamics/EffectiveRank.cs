namespace ReLoRA.Core.Dynamics;

/// <summary>
/// Proportional effective rank (Roy and Vetterli 2007, over the shorter side): <c>exp(-sum p ln p) / min(rows, columns)</c> with
/// <c>p = sigma / sum sigma</c>, over the numerical rank only, so that rounding does not count as directions.
/// </summary>
public static class EffectiveRank
{
    /// <summary>The figure of a spectrum: 1 / min(rows, columns) to 1, or NaN where the matrix has none.</summary>
    /// <param name="spectrum">The singular values.</param>
    public static SpectrumFigure Of(Spectrum spectrum)
    {
        var directions = Directions(spectrum);
        return directions with { Value = directions.Value / spectrum.Values.Count };
    }

    /// <summary>Roy and Vetterli's own, <c>exp(-sum p ln p)</c>: 1 to the numerical rank, or NaN where the matrix has none.</summary>
    /// <param name="spectrum">The singular values.</param>
    public static SpectrumFigure Directions(Spectrum spectrum)
    {
        if (spectrum.Finding.Length > 0)
            return SpectrumFigure.None(spectrum.Finding);
        var counted = spectrum.Values.Take(spectrum.Rank).ToList();
        var sum = counted.Sum();
        var entropy = -counted.Sum(value => value / sum * Math.Log(value / sum));
        // The entropy of r equal shares is ln r, up to its rounding.
        return new SpectrumFigure(Math.Clamp(Math.Exp(entropy), 1, spectrum.Rank), RankFinding.Of(spectrum));
    }
}
