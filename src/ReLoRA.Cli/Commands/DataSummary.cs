using System.Globalization;
using ReLoRA.Data.Shards;

namespace ReLoRA.Cli.Commands;

/// <summary>One line about a dataset.</summary>
internal static class DataSummary
{
    public static string Of(string folder, DatasetManifest manifest) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{folder}: {manifest.Rows:N0} rows of {manifest.RowLength} tokens ({manifest.Tokens:N0} tokens, {manifest.TokenType}) from {Origin(manifest)}, vocabulary {manifest.VocabularySize:N0}, {manifest.Shards.Count} shard(s)"
        );

    private static string Origin(DatasetManifest manifest) =>
        manifest switch
        {
            { Documents: > 0 } => $"{Grouped(manifest.Documents)} documents",
            { AdoptedColumn: { } column } => $"column {column} of Arrow files in place",
            _ => $"{Grouped(manifest.Sources.Count)} file(s) of ids",
        };

    private static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
