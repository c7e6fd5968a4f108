using ReLoRA.Core.Dynamics.Metrics;

namespace ReLoRA.Core.Dynamics;

/// <summary>A figure of a matrix, and where it does not exist or means little, why.</summary>
/// <param name="Value">The figure; NaN where there is none.</param>
/// <param name="Finding">For example <c>zero matrix</c>; empty for a sound figure.</param>
public readonly record struct SpectrumFigure(double Value, string Finding = "")
{
    /// <summary>No figure.</summary>
    /// <param name="finding">Why.</param>
    public static SpectrumFigure None(string finding) => new(double.NaN, finding);

    /// <summary>A figure, or <c>not finite</c> where the number is a NaN or an infinity.</summary>
    /// <param name="value">The number.</param>
    /// <param name="finding">How it is to be read; empty for a sound figure.</param>
    public static SpectrumFigure Of(double value, string finding = "") =>
        double.IsFinite(value) ? new SpectrumFigure(value, finding) : None(Findings.NotFinite);
}
