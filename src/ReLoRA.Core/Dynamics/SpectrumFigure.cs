namespace ReLoRA.Core.Dynamics;

/// <summary>A figure of a matrix, and where it does not exist or means little, why.</summary>
/// <param name="Value">The figure; NaN where there is none.</param>
/// <param name="Finding">For example <c>zero matrix</c>; empty for a sound figure.</param>
public readonly record struct SpectrumFigure(double Value, string Finding = "");
