namespace ReLoRA.Data.Shards;

/// <summary>The shards of a dataset, by their place in its manifest.</summary>
internal interface IShardSet : IDisposable
{
    /// <summary>A shard, open.</summary>
    /// <exception cref="DataException">It is not there, or does not fit the manifest.</exception>
    TokenShard At(int index);

    /// <summary>
    /// Whether neighbouring shards are at hand; after the last comes the first. What is asked for is what is needed next: where shards come and
    /// go, it is fetched, and what lies before it may go.
    /// </summary>
    /// <exception cref="DataException">They are not, and nothing brings them.</exception>
    bool AreHere(int first, int count);
}
