using ReLoRA.Data.Shards;

namespace ReLoRA.Scripting.Planning;

/// <summary>What a plan needs to know of a dataset.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Hash">Its manifest's hash.</param>
/// <param name="RowLength">Tokens of a row.</param>
/// <param name="Rows">Rows.</param>
/// <param name="VocabularySize">One more than the largest token.</param>
/// <param name="TokenizerHash">The tokenizer that made the ids.</param>
/// <param name="IsStreamed">Whether its shards come and go while it is read.</param>
internal sealed record DatasetInfo(
    string Path,
    string Hash,
    int RowLength,
    long Rows,
    int VocabularySize,
    string TokenizerHash,
    bool IsStreamed
)
{
    /// <exception cref="Data.DataException">The dataset is missing, truncated or damaged.</exception>
    public static DatasetInfo Read(string folder)
    {
        using var data = TokenDataset.Open(folder);
        return new DatasetInfo(
            folder,
            data.ManifestHash,
            data.RowLength,
            data.RowCount,
            data.VocabularySize,
            data.Manifest.TokenizerSha256,
            data.IsStreamed
        );
    }
}
