using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Converting;

/// <summary>The manifest of a dataset that is made of rows of ids.</summary>
internal static class ConvertedManifest
{
    public static DatasetManifest Of(
        IdSpace ids,
        int rowLength,
        IReadOnlyList<ShardEntry> shards,
        IReadOnlyList<SourceEntry> sources
    )
    {
        var rows = shards.Sum(shard => shard.Rows);
        return new DatasetManifest
        {
            Format = DatasetManifest.CurrentFormat,
            RowLength = rowLength,
            Rows = rows,
            Tokens = rows * rowLength,
            DroppedTokens = 0,
            // Rows of ids tell neither how many documents they are made of nor how long those were.
            Documents = 0,
            TextBytes = 0,
            VocabularySize = ids.VocabularySize,
            EndOfText = ids.EndOfText,
            TokenType = TokenType.For(ids.VocabularySize),
            TokenizerSha256 = ids.TokenizerSha256,
            Shards = shards,
            Sources = sources,
        };
    }
}
