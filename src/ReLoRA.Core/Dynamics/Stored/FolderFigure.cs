namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>One figure of one part of a checkpoint.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Of">Of what it was computed.</param>
/// <param name="Layer">Of which part, for example <c>layers.3.attention.q_proj</c>.</param>
/// <param name="Figure">The figure.</param>
public sealed record FolderFigure(string Metric, string Of, string Layer, ProbeFigure Figure);
