using System.Buffers.Binary;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.ArrowFiles;

/// <summary>The offsets of lists: read in pieces, held to lists of one length.</summary>
internal static class ArrowOffsets
{
    private const int PieceSize = 1 << 16;

    /// <summary>The length of the first list.</summary>
    public static long FirstLength(ReadOnlySpan<byte> offsets, int size) => At(offsets, size, 1) - At(offsets, size, 0);

    /// <summary>The place of an uncompressed batch's first id among its values, after every list was held to one length.</summary>
    /// <exception cref="DataException">A list has another length, or reaches beyond the ids.</exception>
    public static long Start(ShardBytes bytes, ArrowBatch batch, ArrowColumn column, int rowLength, ArrowFaults faults)
    {
        var size = column.OffsetSize;
        var start = At(bytes.Read(batch.Offsets.At, size), size, 0);
        var perPiece = PieceSize / size;
        for (long row = 0; row < batch.Rows; row += perPiece)
        {
            var count = (int)Math.Min(perPiece, batch.Rows - row);
            var piece = bytes.Read(batch.Offsets.At + row * size, (count + 1) * size);
            Require(piece, size, count, start + row * rowLength, batch.FirstRow + row, rowLength, faults);
        }
        RequireInside(start, batch, rowLength, faults);
        return start;
    }

    /// <summary>The same of offsets that lie in memory.</summary>
    /// <exception cref="DataException">A list has another length, or reaches beyond the ids.</exception>
    public static long Start(
        ReadOnlySpan<byte> offsets,
        ArrowBatch batch,
        ArrowColumn column,
        int rowLength,
        ArrowFaults faults
    )
    {
        var start = At(offsets, column.OffsetSize, 0);
        Require(offsets, column.OffsetSize, checked((int)batch.Rows), start, batch.FirstRow, rowLength, faults);
        RequireInside(start, batch, rowLength, faults);
        return start;
    }

    private static void Require(
        ReadOnlySpan<byte> offsets,
        int size,
        int count,
        long start,
        long firstRow,
        int rowLength,
        ArrowFaults faults
    )
    {
        for (var row = 0; row < count; row++)
        {
            if (At(offsets, size, row + 1) == start + (row + 1L) * rowLength)
                continue;
            var length = unchecked(At(offsets, size, row + 1) - At(offsets, size, row));
            throw faults.WrongLength(firstRow + row, $"{length} tokens", rowLength);
        }
    }

    private static void RequireInside(long start, ArrowBatch batch, int rowLength, ArrowFaults faults)
    {
        if (start < 0 || start > batch.Ids || checked(batch.Rows * rowLength) > batch.Ids - start)
            throw faults.Damaged($"the lists of the batch at byte {batch.At} reach beyond its {batch.Ids} ids");
    }

    private static long At(ReadOnlySpan<byte> offsets, int size, int index) =>
        size == sizeof(int)
            ? BinaryPrimitives.ReadInt32LittleEndian(offsets[(index * size)..])
            : BinaryPrimitives.ReadInt64LittleEndian(offsets[(index * size)..]);
}
