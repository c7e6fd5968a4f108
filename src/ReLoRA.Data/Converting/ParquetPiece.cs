using ParquetSharp;

namespace ReLoRA.Data.Converting;

/// <summary>Ids with their levels, gathered until there are whole rows of them.</summary>
/// <param name="capacity">Ids that it holds.</param>
internal sealed class ParquetPiece<T>(int capacity)
    where T : unmanaged
{
    private readonly T[] _ids = new T[capacity];
    private readonly short[] _definitions = new short[capacity];
    private readonly short[] _repetitions = new short[capacity];

    public int Count { get; private set; }

    public bool IsFull => Count == capacity;

    public ReadOnlySpan<T> Ids => _ids.AsSpan(0, Count);

    public ReadOnlySpan<short> Definitions => _definitions.AsSpan(0, Count);

    public ReadOnlySpan<short> Repetitions => _repetitions.AsSpan(0, Count);

    /// <summary>Rows that begin among the first ids.</summary>
    public int RowsIn(int count) => Repetitions[..count].Count((short)0);

    public void Clear() => Count = 0;

    /// <summary>Reads on; false where the column has ended.</summary>
    public bool Fill(ColumnReader<T> reader)
    {
        var levels = reader.ReadBatch(
            capacity - Count,
            _definitions.AsSpan(Count),
            _repetitions.AsSpan(Count),
            _ids.AsSpan(Count),
            out _
        );
        Count += checked((int)levels);
        return levels > 0;
    }
}
