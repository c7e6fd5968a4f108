namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>A metric for people.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Formula">What is computed.</param>
/// <param name="Of">Of what, where nothing else is said.</param>
/// <param name="Needs">What it then needs beside a checkpoint: a reference, data, both or nothing.</param>
public sealed record MetricLine(string Name, string Formula, string Of, string Needs);
