namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>Several figures of one matrix or pair, and where they do not exist or mean little, why.</summary>
/// <param name="Values">The figures; none where they do not exist.</param>
/// <param name="Finding">For example <c>zero matrix</c>; empty for sound figures.</param>
public sealed record VectorFigure(IReadOnlyList<double> Values, string Finding = "")
{
    /// <summary>No figures.</summary>
    /// <param name="finding">Why.</param>
    public static VectorFigure None(string finding) => new([], finding);

    /// <summary>Their mean, with the same finding.</summary>
    public SpectrumFigure Mean() =>
        Values.Count == 0 ? SpectrumFigure.None(Finding) : SpectrumFigure.Of(Values.Average(), Finding);
}
