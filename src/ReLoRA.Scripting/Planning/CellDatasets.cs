using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;

namespace ReLoRA.Scripting.Planning;

/// <summary>The datasets of one cell.</summary>
/// <param name="Train">Absolute path of the training data.</param>
/// <param name="Mix">Absolute paths of the further corpora.</param>
/// <param name="Evaluation">Absolute path of the evaluation data.</param>
/// <param name="Hashes">What they hold.</param>
/// <param name="Pairs">Absolute path of the minimal pairs; empty for none.</param>
/// <param name="Tokenizer">Absolute path of the tokenizer that pairs and tasks need; empty without them.</param>
/// <param name="Tasks">Absolute paths of the evaluation tasks' data.</param>
/// <param name="Start">The model that the weights start from; null for seeded weights.</param>
public sealed record CellDatasets(
    string Train,
    EquatableList<string> Mix,
    string Evaluation,
    DatasetHashes Hashes,
    string Pairs,
    string Tokenizer,
    EquatableList<string> Tasks,
    StartingModel? Start
)
{
    /// <summary>Rows of each domain of the evaluation data.</summary>
    public EquatableList<long> EvaluationRows { get; init; } = [];
}
