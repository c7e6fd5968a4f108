using System.Buffers.Binary;

namespace ReLoRA.Data.Shards;

/// <summary>
/// The messages of an Arrow IPC file, walked once. Own code, because Apache.Arrow copies when it reads at random and counts
/// positions in 32 bits when it reads from memory. Numbers are those of Arrow's Message.fbs.
/// </summary>
internal sealed class ShardIndex
{
    private const int MagicSize = 8;
    private const int TailSize = 10;
    private const int PrefixSize = 8;
    private const int LargestMetadata = 1 << 24;
    private const int SchemaHeader = 1;
    private const int RecordBatchHeader = 3;
    private const uint Continuation = 0xFFFFFFFF;

    private readonly ShardBytes _bytes;
    private readonly string _path;
    private readonly List<ShardBatch> _batches = [];
    private long _at;

    public ShardIndex(ShardBytes bytes, string path)
    {
        (_bytes, _path) = (bytes, path);
        TokenType = "";
        try
        {
            Walk();
        }
        catch (Exception fault)
            when (fault is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw Damaged("a message points outside of itself", fault);
        }
    }

    public int RowLength { get; private set; }

    public string TokenType { get; private set; }

    public long Rows { get; private set; }

    /// <summary>The batch that holds a row, which must exist.</summary>
    public ShardBatch BatchOf(long row)
    {
        int low = 0,
            high = _batches.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_batches[middle].FirstRow <= row)
                low = middle;
            else
                high = middle - 1;
        }
        return _batches[low];
    }

    private void Walk()
    {
        var end = RequireFrame();
        long at = MagicSize;
        while (true)
        {
            _at = at;
            if (at + PrefixSize > end)
                throw Truncated("no end-of-stream mark before the footer");
            var prefix = _bytes.Read(at, PrefixSize);
            if (BinaryPrimitives.ReadUInt32LittleEndian(prefix) != Continuation)
                throw Damaged("no message begins there", null);
            var size = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(sizeof(uint)));
            if (size == 0)
                break;
            if (size < 0 || size > LargestMetadata || at + PrefixSize + size > end)
                throw Damaged($"the message there has {size} bytes of metadata", null);
            var message = FlatTable.Root(_bytes.Read(at + PrefixSize, size));
            var body = at + PrefixSize + size;
            var bodyLength = message.Int64(3);
            if (bodyLength < 0 || bodyLength > end - body)
                throw Truncated($"the message there has a body of {bodyLength} bytes, and {end - body} are left");
            Take(message, body, bodyLength);
            at = body + bodyLength;
        }
        if (RowLength == 0)
            throw Damaged("it has no schema", null);
    }

    private long RequireFrame()
    {
        if (_bytes.Length < MagicSize + PrefixSize + TailSize)
            throw Truncated($"{_bytes.Length} bytes");
        if (!_bytes.Read(0, MagicSize).AsSpan().SequenceEqual("ARROW1\0\0"u8))
            throw new DataException(
                DataFault.Damaged,
                $"{_path}: not an Arrow IPC file (it does not begin with ARROW1). Build the dataset anew (relora data build)."
            );
        var tail = _bytes.Read(_bytes.Length - TailSize, TailSize);
        if (!tail.AsSpan(sizeof(int)).SequenceEqual("ARROW1"u8))
            throw Truncated("no ARROW1 at its end");
        var footer = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (footer <= 0 || footer > _bytes.Length - TailSize - MagicSize)
            throw Damaged($"a footer of {footer} bytes", null);
        return _bytes.Length - TailSize - footer;
    }

    private void Take(FlatTable message, long body, long bodyLength)
    {
        switch (message.Byte(1))
        {
            case SchemaHeader when RowLength == 0:
                (RowLength, TokenType) = ShardSchema.Read(message.Table(2), _path);
                if (RowLength < 2)
                    throw Damaged($"rows of {RowLength} tokens", null);
                break;
            case RecordBatchHeader when RowLength > 0:
                AddBatch(message.Table(2), body, bodyLength);
                break;
            default:
                throw Damaged($"an unexpected message of kind {message.Byte(1)}", null);
        }
    }

    private void AddBatch(FlatTable batch, long body, long bodyLength)
    {
        if (batch.Has(3))
            throw new DataException(
                DataFault.Unsupported,
                $"{_path}: its batches are compressed; supported: uncompressed. Build the dataset with relora data build."
            );
        var rows = batch.Int64(0);
        var nodes = batch.Pairs(1);
        var buffers = batch.Pairs(2);
        // The smallest row takes 4 bytes, so a count beyond the file's size is damage; the check keeps the products below in range.
        if (rows < 0 || rows > _bytes.Length)
            throw Damaged($"a batch of {rows} rows", null);
        var ids = checked(rows * RowLength);
        if (nodes.Length != 2 || nodes[0] != (rows, 0) || nodes[1] != (ids, 0))
            throw Damaged("a batch whose lists are not all of the same length, or with nulls", null);
        if (buffers.Length != 3)
            throw Damaged($"a batch of {buffers.Length} buffers", null);
        var (offset, length) = buffers[2];
        var needed = checked(ids * Shards.TokenType.BytesOf(TokenType));
        if (offset < 0 || length < needed || offset > bodyLength || needed > bodyLength - offset)
            throw Damaged($"a batch of {rows} rows with {length} bytes of ids; expected {needed}", null);
        _batches.Add(new ShardBatch(Rows, rows, body + offset));
        Rows += rows;
    }

    private DataException Truncated(string found) =>
        new(
            DataFault.Truncated,
            $"{_path}: truncated shard, at byte {_at}: {found}. Copy the file anew or build the dataset anew (relora data build)."
        );

    private DataException Damaged(string found, Exception? inner) =>
        new(
            DataFault.Damaged,
            $"{_path}: damaged shard, at byte {_at}: {found}. Copy the file anew or build the dataset anew (relora data build).",
            inner
        );
}
