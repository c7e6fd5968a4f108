namespace ReLoRA.Data.Shards;

/// <summary>Shards that are all there, all open.</summary>
internal sealed class MappedShards : IShardSet
{
    private readonly TokenShard[] _shards;

    private MappedShards(TokenShard[] shards) => _shards = shards;

    /// <exception cref="DataException">A shard is missing, truncated, damaged or does not fit the manifest.</exception>
    public static MappedShards Open(string folder, DatasetManifest manifest)
    {
        var shards = new List<TokenShard>();
        try
        {
            foreach (var entry in manifest.Shards)
            {
                RequireSize(Path.Combine(folder, entry.File), entry);
                shards.Add(FittingShard.Open(folder, manifest, entry));
            }
        }
        catch (DataException)
        {
            shards.ForEach(shard => shard.Dispose());
            throw;
        }
        return new MappedShards([.. shards]);
    }

    public TokenShard At(int index) => _shards[index];

    public bool AreHere(int first, int count) => true;

    public void Dispose()
    {
        foreach (var shard in _shards)
            shard.Dispose();
    }

    private static void RequireSize(string path, ShardEntry entry)
    {
        var size = DataFiles.Guard(path, "shard", () => DataFiles.Info(path).Length);
        if (size != entry.Bytes)
            throw new DataException(
                size < entry.Bytes ? DataFault.Truncated : DataFault.Mismatch,
                $"{path}: {size} bytes; its manifest says {entry.Bytes}. Copy the shard anew or build the dataset anew (relora data build)."
            );
    }
}
