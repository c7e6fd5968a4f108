namespace ReLoRA.Core.Benchmarks;

/// <summary>What a step takes of time: so much a token, and so much for the update.</summary>
/// <param name="SecondsPerToken">Forward and backward.</param>
/// <param name="SecondsPerUpdate">Clipping and the optimizer.</param>
public sealed record StepTimes(double SecondsPerToken, double SecondsPerUpdate);
