using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Inspection;

/// <summary>Checks everything of a dataset that can be checked: checksums and every id.</summary>
public static class DatasetVerification
{
    /// <summary>Fails at the first fault found.</summary>
    /// <param name="folder">The dataset's folder.</param>
    /// <param name="tokenizer">A <c>tokenizer.json</c> that has to be the one that made it, or <see langword="null"/>.</param>
    /// <param name="progress">Told the shard that is being read.</param>
    /// <returns>The manifest of the sound dataset.</returns>
    /// <exception cref="DataException">A checksum differs (<see cref="DataFault.Mismatch"/>), or the dataset cannot be read.</exception>
    public static DatasetManifest Verify(string folder, string? tokenizer = null, Action<string>? progress = null)
    {
        using var data = TokenDataset.Open(folder);
        if (data.IsStreamed)
            throw new DataException(
                DataFault.Unsupported,
                $"{folder}: a streamed dataset, whose files were checked as they came; allowed: data that lies in its folder. To check all of it, fetch "
                    + "it whole (relora data pull without --stream)."
            );
        foreach (var shard in data.Manifest.Shards)
        {
            progress?.Invoke(shard.File);
            RequireSame(Path.Combine(folder, shard.File), shard.Sha256);
        }
        if (tokenizer is not null)
            RequireSame(tokenizer, data.Manifest.TokenizerSha256);
        progress?.Invoke("token ids");
        var row = new long[data.RowLength];
        for (long index = 0; index < data.RowCount; index++)
            data.ReadRow(index, row);
        return data.Manifest;
    }

    private static void RequireSame(string path, string expected)
    {
        var found = DataFiles.Sha256(path);
        if (found != expected)
            throw new DataException(
                DataFault.Mismatch,
                $"{path}: SHA-256 {found}; the manifest says {expected}. The file was changed or damaged: copy it anew or build the "
                    + "dataset anew (relora data build)."
            );
    }
}
