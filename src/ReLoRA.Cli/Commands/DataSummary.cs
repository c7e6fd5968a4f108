using System.Globalization;
using ReLoRA.Data.Shards;

namespace ReLoRA.Cli.Commands;

/// <summary>One line about a dataset.</summary>
internal static class DataSummary
{
    public static string Of(string folder, DatasetManifest manifest) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{folder}: {manifest.Rows:N0} rows of {manifest.RowLength} tokens ({manifest.Tokens:N0} tokens, {manifest.TokenType}) from {manifest.Documents:N0} documents, vocabulary {manifest.VocabularySize:N0}, {manifest.Shards.Count} shard(s)"
        );
}
