using ReLoRA.Data.ArrowFiles;

namespace ReLoRA.Data.Shards;

/// <summary>One shard, mapped into memory. Safe for use by several threads.</summary>
public sealed class TokenShard : IDisposable
{
    private readonly string _path;
    private readonly ShardBytes _bytes;
    private readonly ShardIndex _index;

    private TokenShard(string path, ShardBytes bytes, ShardIndex index) =>
        (_path, _bytes, _index) = (path, bytes, index);

    /// <summary>Its rows.</summary>
    public long Rows => _index.Rows;

    /// <summary>Tokens of a row.</summary>
    public int RowLength => _index.RowLength;

    /// <summary>How ids are stored: <c>uint16</c> or <c>int32</c> in shards of ours; also <c>int16</c>, <c>uint32</c> or <c>int64</c> in files of others.</summary>
    public string StoredType => _index.TokenType;

    /// <summary>Maps a shard and indexes its batches. Nothing of the ids is read.</summary>
    /// <param name="path">An Arrow file or stream: a shard of ours, or one that others wrote, uncompressed and with rows of one length.</param>
    /// <param name="column">The column of ids.</param>
    /// <exception cref="DataException">The file is missing, truncated, damaged or of another kind.</exception>
    public static TokenShard Open(string path, string column = TokenType.Column) =>
        Open(path, column, ArrowFaults.OfShard);

    internal static TokenShard Open(string path, string column, bool mayVanish) =>
        Open(path, column, ArrowFaults.OfShard, mayVanish);

    internal static TokenShard Open(string path, string column, string remedy, bool mayVanish = false)
    {
        var bytes = new ShardBytes(path, mayVanish);
        try
        {
            var index = new ShardIndex(bytes, column, new ArrowFaults(path, remedy));
            return new TokenShard(path, bytes, index);
        }
        catch (DataException)
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Reads one row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="vocabularySize">Every id has to be below this.</param>
    /// <param name="destination">Room for exactly one row.</param>
    /// <exception cref="DataException">An id is out of range (<see cref="DataFault.TokenOutOfRange"/>).</exception>
    public void ReadRow(long row, int vocabularySize, Span<long> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, RowLength);
        var place = PlaceOf(row);
        _bytes.RequireUnchanged(place);
        if (_bytes.Widen(place, StoredType, destination) >= (ulong)vocabularySize)
            throw OutOfRange(row, place, vocabularySize, destination);
    }

    /// <summary>Copies a row's stored bytes.</summary>
    internal void CopyRow(long row, Span<byte> destination) => _bytes.Read(PlaceOf(row), destination);

    /// <summary>Adds up a row's ids where they lie.</summary>
    internal long SumRow(long row) => _bytes.Sum(PlaceOf(row), StoredType, RowLength);

    /// <summary>Widens a row without looking at its ids.</summary>
    internal void WidenRow(long row, Span<long> destination) =>
        _bytes.Widen(PlaceOf(row), StoredType, destination, isChecked: false);

    private long PlaceOf(long row)
    {
        var batch = _index.BatchOf(row);
        return batch.Offset + (row - batch.FirstRow) * RowLength * TokenType.BytesOf(StoredType);
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    private DataException OutOfRange(long row, long place, int vocabularySize, ReadOnlySpan<long> ids)
    {
        var at = 0;
        while ((ulong)ids[at] < (ulong)vocabularySize)
            at++;
        return new DataException(
            DataFault.TokenOutOfRange,
            $"{_path}: row {row}, token {at} is {ids[at]} (byte {place + at * TokenType.BytesOf(StoredType)}); allowed: 0 to {vocabularySize - 1}. The shard is damaged or belongs to "
                + "another tokenizer: run relora data verify, then build the dataset anew."
        );
    }
}
