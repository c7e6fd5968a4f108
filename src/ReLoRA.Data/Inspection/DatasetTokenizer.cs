using ReLoRA.Data.Shards;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Data.Inspection;

/// <summary>Finds the tokenizer that made a dataset.</summary>
public static class DatasetTokenizer
{
    private const int FoldersAbove = 3;
    private static readonly string[] Names = ["tokenizer.json", "tokenizer.model"];

    /// <summary>Opens the tokenizer of a dataset: the one named, else one beside or above it that its manifest names.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="path">A tokenizer's file, or <see langword="null"/>.</param>
    /// <returns>The tokenizer, or <see langword="null"/> where none was named and none lies there.</returns>
    /// <exception cref="DataException">The one named is not that which made the dataset (<see cref="DataFault.Mismatch"/>).</exception>
    public static ITextTokenizer? Find(TokenDataset data, string? path)
    {
        var expected = data.Manifest.TokenizerSha256;
        if (path is null)
            return Near(data.Folder).FirstOrDefault(file => DataFiles.Sha256(file) == expected) is { } near
                ? TextTokenizer.Open(near)
                : null;
        var found = DataFiles.Sha256(path);
        if (found != expected)
            throw new DataException(
                DataFault.Mismatch,
                $"{path}: SHA-256 {found}; {data.Folder} was made with {expected}. Give the tokenizer that made the dataset."
            );
        return TextTokenizer.Open(path);
    }

    private static IEnumerable<string> Near(string folder)
    {
        var at = Path.GetFullPath(folder);
        for (var step = 0; step <= FoldersAbove && at is not null; step++, at = Path.GetDirectoryName(at))
        {
            foreach (var name in Names)
            {
                if (File.Exists(Path.Combine(at, name)))
                    yield return Path.Combine(at, name);
            }
        }
    }
}
