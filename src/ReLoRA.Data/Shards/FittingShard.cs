namespace ReLoRA.Data.Shards;

/// <summary>Opens a shard that has to be what its manifest says.</summary>
internal static class FittingShard
{
    /// <param name="folder">The dataset's folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="entry">The shard's entry.</param>
    /// <param name="mayVanish">Whether the file may be removed while it is read, which does not harm what is mapped.</param>
    /// <exception cref="DataException">It is missing, damaged or something else.</exception>
    public static TokenShard Open(string folder, DatasetManifest manifest, ShardEntry entry, bool mayVanish = false)
    {
        var path = Path.Combine(folder, entry.File);
        var shard = TokenShard.Open(path, manifest.AdoptedColumn ?? TokenType.Column, mayVanish);
        try
        {
            Require(shard.RowLength, manifest.RowLength, "tokens in a row", DataFault.WrongRowLength);
            Require(shard.Rows, entry.Rows, "rows", DataFault.Mismatch);
            Require(shard.StoredType, manifest.TokenType, "as token type", DataFault.Mismatch);
            return shard;
        }
        catch (DataException)
        {
            shard.Dispose();
            throw;
        }

        void Require<T>(T found, T expected, string what, DataFault fault)
        {
            if (!EqualityComparer<T>.Default.Equals(found, expected))
                throw new DataException(
                    fault,
                    $"{path}: {found} {what}; its manifest says {expected}. Copy the shard anew or build the dataset anew."
                );
        }
    }
}
