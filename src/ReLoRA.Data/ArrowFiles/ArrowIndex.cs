using ReLoRA.Data.Shards;

namespace ReLoRA.Data.ArrowFiles;

/// <summary>Where the lists of ids of an Arrow file lie: its messages walked once, nothing of the ids read.</summary>
internal sealed class ArrowIndex
{
    private const int SchemaHeader = 1;
    private const int DictionaryHeader = 2;
    private const int RecordBatchHeader = 3;
    private const int HeaderKind = 1;
    private const int Header = 2;
    private const int LengthOfBatch = 0;
    private const int NodesOfBatch = 1;
    private const int BuffersOfBatch = 2;
    private const int CompressionOfBatch = 3;
    private const int ViewCountsOfBatch = 4;
    private const int SchemaOfFooterTable = 1;

    private readonly ShardBytes _bytes;
    private readonly string _column;
    private readonly ArrowFaults _faults;
    private readonly ArrowFrame _frame;
    private readonly List<ArrowBatch> _batches = [];
    private ArrowColumn? _found;

    /// <exception cref="DataException">The file is damaged, or has no such column of ids.</exception>
    public ArrowIndex(ShardBytes bytes, string column, ArrowFaults faults)
    {
        (_bytes, _column, _faults) = (bytes, column, faults);
        _frame = ArrowFrame.Of(bytes, faults);
        ArrowMessages.Walk(bytes, _frame, faults, Take);
        Column = _found ?? throw faults.Damaged("it has no schema");
    }

    public ArrowColumn Column { get; }

    /// <summary>The batches that hold rows.</summary>
    public IReadOnlyList<ArrowBatch> Batches => _batches;

    public long Rows { get; private set; }

    private void Take(FlatTable message, long at, long body, long bodyLength)
    {
        switch (message.Byte(HeaderKind))
        {
            case SchemaHeader when _found is null:
                _found = ArrowSchema.Find(message.Table(Header), _column, _faults);
                break;
            case RecordBatchHeader when _found is not null || !_frame.IsStream:
                // Arrow's JavaScript writes the schema of the file format into the footer only.
                Add(_found ??= SchemaOfFooter(), message.Table(Header), at, body, bodyLength);
                break;
            case DictionaryHeader when _found is not null:
                break;
            default:
                throw _faults.Damaged($"an unexpected message of kind {message.Byte(HeaderKind)} at byte {at}");
        }
    }

    private ArrowColumn SchemaOfFooter()
    {
        var footer = FlatTable.Root(_bytes.Read(_frame.End, _frame.FooterLength));
        return ArrowSchema.Find(footer.Table(SchemaOfFooterTable), _column, _faults);
    }

    private void Add(ArrowColumn column, FlatTable batch, long at, long body, long bodyLength)
    {
        var rows = batch.Int64(LengthOfBatch);
        // A batch of more rows than the file has bytes is damage; the check keeps the products below in range.
        if (rows < 0 || rows > _bytes.Length)
            throw _faults.Damaged($"the batch at byte {at} has {rows} rows");
        if (rows == 0)
            return;
        var nodes = batch.Pairs(NodesOfBatch);
        if (nodes.Length < column.Node + 2 || nodes[column.Node].First != rows)
            throw _faults.Damaged($"the batch at byte {at} does not fit its schema");
        var buffers = batch.Pairs(BuffersOfBatch);
        var first = checked(column.Buffer + DataBuffersOfViews(batch, column.ViewsBefore));
        var hasOffsets = column.OffsetSize > 0;
        var validity = Buffer(first);
        RequireNoNulls(nodes[column.Node].Second, validity, batch, rows, at);
        if (nodes[column.Node + 1].Second != 0)
            throw _faults.Unsupported(
                $"{nodes[column.Node + 1].Second} ids are null in the batch at byte {at}, which begins with row {Rows}",
                "every id has to be a number. Drop or fill such rows first."
            );
        var offsets = hasOffsets ? Buffer(first + 1) : default;
        var values = Buffer(first + (hasOffsets ? 3 : 2));
        var ids = nodes[column.Node + 1].First;
        if (ids < 0 || ids > long.MaxValue / sizeof(long))
            throw _faults.Damaged($"the batch at byte {at} has {ids} ids");
        if (!hasOffsets && ids != checked(rows * column.FixedLength))
            throw _faults.Damaged($"the batch at byte {at} has {ids} ids in {rows} rows of {column.FixedLength}");
        byte? codec = batch.Has(CompressionOfBatch) ? batch.Table(CompressionOfBatch).Byte(0) : null;
        if (codec is null)
        {
            RequireRoom(values, checked(ids * TokenType.BytesOf(column.IdType)), "ids", at);
            RequireRoom(offsets, hasOffsets ? checked((rows + 1) * column.OffsetSize) : 0, "offsets", at);
        }
        _batches.Add(new ArrowBatch(Rows, rows, at, ids, offsets, values, codec));
        Rows += rows;

        ArrowBuffer Buffer(int index)
        {
            if (index < 0 || index >= buffers.Length)
                throw _faults.Damaged($"the batch at byte {at} has {buffers.Length} buffers, too few for its schema");
            var (offset, length) = buffers[index];
            if (offset < 0 || length < 0 || offset > bodyLength || length > bodyLength - offset)
                throw _faults.Damaged($"a buffer of the batch at byte {at} reaches beyond its body");
            return new ArrowBuffer(body + offset, length);
        }
    }

    private void RequireRoom(ArrowBuffer buffer, long needed, string what, long at)
    {
        if (buffer.Length < needed)
            throw _faults.Damaged($"the batch at byte {at} has {buffer.Length} bytes of {what}; expected {needed}");
    }

    private static int DataBuffersOfViews(FlatTable batch, int views)
    {
        var counts = batch.Int64s(ViewCountsOfBatch);
        long sum = 0;
        for (var view = 0; view < views; view++)
            sum = checked(sum + counts[view]);
        return checked((int)sum);
    }

    private void RequireNoNulls(long nulls, ArrowBuffer validity, FlatTable batch, long rows, long at)
    {
        if (nulls == 0)
            return;
        var row = batch.Has(CompressionOfBatch) ? -1 : FirstZeroBit(validity, rows);
        throw row < 0
            ? _faults.Null(Rows, $"or one after it in the batch at byte {at} is null ({nulls} of {rows})")
            : _faults.Null(Rows + row, "is null");
    }

    private long FirstZeroBit(ArrowBuffer bits, long count)
    {
        for (long at = 0; at < Math.Min(bits.Length, (count + 7) / 8); at++)
        {
            var value = (byte)~_bytes.Read(bits.At + at, 1)[0];
            if (value != 0)
                return at * 8 + System.Numerics.BitOperations.TrailingZeroCount(value);
        }
        return -1;
    }
}
