using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Building;

/// <summary>Cuts a stream of ids into rows and the rows into shards. The next row starts at the next token.</summary>
/// <param name="folder">The folder of the shards.</param>
/// <param name="rowLength">Tokens of a row.</param>
/// <param name="rowsPerShard">Rows of a shard.</param>
/// <param name="vocabularySize">Every id is below this.</param>
/// <param name="firstShard">The number of the first shard to write.</param>
internal sealed class RowCutter(string folder, int rowLength, int rowsPerShard, int vocabularySize, int firstShard)
    : IDisposable
{
    private readonly int[] _row = new int[rowLength];
    private int _nextShard = firstShard;
    private ShardWriter? _shard;

    /// <summary>Ids that do not fill a row.</summary>
    public int Pending { get; private set; }

    /// <summary>Adds ids up to the end of a shard.</summary>
    /// <param name="tokens">The ids.</param>
    /// <param name="completed">The shard that became complete, if one did; no row is begun then.</param>
    /// <returns>How many of the ids were taken: all, unless a shard became complete.</returns>
    public int Add(ReadOnlySpan<int> tokens, out ShardEntry? completed)
    {
        completed = null;
        var at = 0;
        while (at < tokens.Length && completed is null)
        {
            var taken = Math.Min(tokens.Length - at, rowLength - Pending);
            tokens.Slice(at, taken).CopyTo(_row.AsSpan(Pending));
            at += taken;
            Pending += taken;
            if (Pending == rowLength)
                completed = WriteRow();
        }
        return at;
    }

    /// <summary>Completes the last shard, if one is begun. The last short row is dropped.</summary>
    public ShardEntry? Complete()
    {
        if (_shard is null)
            return null;
        var entry = _shard.Complete();
        _shard.Dispose();
        _shard = null;
        return entry;
    }

    public void Dispose() => _shard?.Dispose();

    private ShardEntry? WriteRow()
    {
        _shard ??= new ShardWriter(
            Path.Combine(folder, BuildFolder.ShardName(_nextShard++)),
            rowLength,
            vocabularySize
        );
        _shard.Add(_row);
        Pending = 0;
        return _shard.Rows == rowsPerShard ? Complete() : null;
    }
}
