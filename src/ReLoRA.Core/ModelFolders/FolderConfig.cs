using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.ModelFolders;

/// <summary>What a folder's <c>config.json</c> says.</summary>
/// <param name="Model">The shape.</param>
/// <param name="LowRank">The adapters.</param>
/// <param name="HasTiedHead">Whether the output head may be left out of the weights, being the embedding.</param>
/// <param name="BeginOfText">The token that texts begin with.</param>
/// <param name="EndOfText">The token that ends a text.</param>
internal sealed record FolderConfig(
    ModelConfig Model,
    LowRankConfig LowRank,
    bool HasTiedHead,
    int? BeginOfText,
    int? EndOfText
);
