using ReLoRA.Data.ArrowFiles;

namespace ReLoRA.Data.Shards;

/// <summary>
/// Where the rows of a file lie that is read in place: uncompressed Arrow, whose lists all have one length. Then a row is found by
/// arithmetic, and read out of the mapping as it is.
/// </summary>
internal sealed class ShardIndex
{
    private readonly List<ShardBatch> _batches = [];

    /// <exception cref="DataException">The file is damaged, compressed, or its rows differ in length.</exception>
    public ShardIndex(ShardBytes bytes, string column, ArrowFaults faults)
    {
        var index = new ArrowIndex(bytes, column, faults);
        (Rows, TokenType) = (index.Rows, index.Column.IdType);
        RowLength = LengthOf(bytes, index, faults);
        foreach (var batch in index.Batches)
        {
            RequireUncompressed(batch, faults);
            var start =
                index.Column.Kind == ListKind.FixedSize
                    ? 0
                    : ArrowOffsets.Start(bytes, batch, index.Column, RowLength, faults);
            var offset = batch.Values.At + start * Shards.TokenType.BytesOf(TokenType);
            _batches.Add(new ShardBatch(batch.FirstRow, batch.Rows, offset));
        }
    }

    public int RowLength { get; }

    public string TokenType { get; }

    public long Rows { get; }

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

    private static int LengthOf(ShardBytes bytes, ArrowIndex index, ArrowFaults faults)
    {
        long length = index.Column.FixedLength;
        if (index.Column.Kind != ListKind.FixedSize)
        {
            if (index.Batches.Count == 0)
                throw new DataException(DataFault.TooSmall, $"{faults.Path}: no rows. Leave the file out.");
            var first = index.Batches[0];
            RequireUncompressed(first, faults);
            var size = index.Column.OffsetSize;
            length = ArrowOffsets.FirstLength(bytes.Read(first.Offsets.At, 2 * size), size);
        }
        return length is >= 2 and <= int.MaxValue / sizeof(long)
            ? (int)length
            : throw faults.Damaged($"rows of {length} tokens");
    }

    private static void RequireUncompressed(ArrowBatch batch, ArrowFaults faults)
    {
        if (batch.Codec is not null)
            throw faults.Unsupported(
                $"the batch at byte {batch.At} is compressed",
                "only uncompressed Arrow can be read in place. Convert it: relora data convert."
            );
    }
}
