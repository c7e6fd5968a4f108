using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Building;

/// <summary>Cuts a stream of ids into rows and the rows into shards. The next row starts at the next token.</summary>
internal sealed class RowCutter(string folder, int rowLength, int rowsPerShard, int vocabularySize) : IDisposable
{
    private readonly int[] _row = new int[rowLength];
    private readonly List<ShardEntry> _shards = [];
    private ShardWriter? _shard;

    /// <summary>Ids that do not fill a row.</summary>
    public int Pending { get; private set; }

    public void Add(ReadOnlySpan<int> tokens)
    {
        while (tokens.Length > 0)
        {
            var taken = Math.Min(tokens.Length, rowLength - Pending);
            tokens[..taken].CopyTo(_row.AsSpan(Pending));
            tokens = tokens[taken..];
            Pending += taken;
            if (Pending == rowLength)
                WriteRow();
        }
    }

    /// <summary>Completes the last shard. The last short row is dropped.</summary>
    public IReadOnlyList<ShardEntry> Complete()
    {
        CompleteShard();
        return _shards;
    }

    public void Dispose() => _shard?.Dispose();

    private void WriteRow()
    {
        _shard ??= new ShardWriter(
            Path.Combine(folder, BuildFolder.ShardName(_shards.Count)),
            rowLength,
            vocabularySize
        );
        _shard.Add(_row);
        Pending = 0;
        if (_shard.Rows == rowsPerShard)
            CompleteShard();
    }

    private void CompleteShard()
    {
        if (_shard is null)
            return;
        _shards.Add(_shard.Complete());
        _shard.Dispose();
        _shard = null;
    }
}
