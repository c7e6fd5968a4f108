using ReLoRA.Data.Shards;

namespace ReLoRA.Core.Evaluation;

/// <summary>One domain of an evaluation corpus.</summary>
/// <param name="Name">The subfolder's name.</param>
/// <param name="Data">Its rows. Whoever opened the corpus disposes it.</param>
public sealed record EvaluationDomain(string Name, TokenDataset Data);
