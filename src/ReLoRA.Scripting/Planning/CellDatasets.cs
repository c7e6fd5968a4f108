using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Planning;

/// <summary>The datasets of one cell.</summary>
/// <param name="Train">Absolute path of the training data.</param>
/// <param name="Evaluation">Absolute path of the evaluation data.</param>
/// <param name="Hashes">What they hold.</param>
public sealed record CellDatasets(string Train, string Evaluation, DatasetHashes Hashes);
