namespace ReLoRA.Data.Streaming;

/// <summary>Which shards to hold: for each reader those that it needs next, as far ahead as the disk budget goes.</summary>
internal static class StreamSchedule
{
    /// <summary>The shards worth holding, the most urgent first. Together they fit the budget.</summary>
    /// <param name="count">Shards of the dataset.</param>
    /// <param name="readers">The shard that each reader needs next; after the last comes the first.</param>
    /// <param name="cost">Bytes on disk that a shard takes.</param>
    /// <param name="budget">Bytes that all may take.</param>
    public static IReadOnlyList<int> Wanted(int count, IReadOnlyList<int> readers, Func<int, long> cost, long budget)
    {
        var wanted = new List<int>();
        var seen = new HashSet<int>();
        foreach (var reader in readers)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)reader, (uint)count);
        for (var ahead = 0; ahead < count; ahead++)
        {
            foreach (var reader in readers)
            {
                var shard = (reader + ahead) % count;
                if (!seen.Add(shard))
                    continue;
                // A smaller one further on would take the place of one that is needed before it.
                if ((budget -= cost(shard)) < 0)
                    return wanted;
                wanted.Add(shard);
            }
        }
        return wanted;
    }

    /// <summary>How many shards come before one for the reader that needs it first.</summary>
    /// <param name="count">Shards of the dataset.</param>
    /// <param name="readers">The shard that each reader needs next.</param>
    /// <param name="shard">The shard.</param>
    public static int Ahead(int count, IReadOnlyList<int> readers, int shard) =>
        readers.Min(reader => (shard - reader + count) % count);
}
