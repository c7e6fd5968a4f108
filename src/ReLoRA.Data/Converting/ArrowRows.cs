using ReLoRA.Data.ArrowFiles;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Converting;

/// <summary>The rows of an Arrow file or stream, compressed or not.</summary>
internal sealed class ArrowRows : IRowSource
{
    private const int PieceSize = 1 << 18;

    private readonly ShardBytes _bytes;
    private readonly ArrowIndex _index;
    private readonly ArrowFaults _faults;
    private readonly ArrowDecompression _decompression;

    public ArrowRows(string path, string column, ArrowFaults faults)
    {
        (_bytes, _faults) = (new ShardBytes(path), faults);
        try
        {
            _index = new ArrowIndex(_bytes, column, faults);
        }
        catch (DataException)
        {
            _bytes.Dispose();
            throw;
        }
        _decompression = new ArrowDecompression(_bytes, faults);
    }

    public string IdType => _index.Column.IdType;

    public long Rows => _index.Rows;

    private int Size => TokenType.BytesOf(IdType);

    public int FirstRowLength()
    {
        var length =
            _index.Column.Kind == ListKind.FixedSize
                ? _index.Column.FixedLength
                : ArrowOffsets.FirstLength(Offsets(_index.Batches[0]), _index.Column.OffsetSize);
        return length is >= 0 and <= int.MaxValue ? (int)length : throw _faults.Damaged($"row 0 has {length} tokens");
    }

    public void Read(int rowLength, RowReceiver receive)
    {
        foreach (var batch in _index.Batches)
        {
            var start = Start(batch, rowLength) * Size;
            if (batch.Codec is null)
                ReadMapped(batch, batch.Values.At + start, rowLength * Size, receive);
            else
                ReadCompressed(batch, start, rowLength * Size, receive);
        }
    }

    public void Dispose() => _bytes.Dispose();

    private long Start(ArrowBatch batch, int rowLength)
    {
        if (_index.Column.Kind != ListKind.FixedSize)
            return batch.Codec is null
                ? ArrowOffsets.Start(_bytes, batch, _index.Column, rowLength, _faults)
                : ArrowOffsets.Start(Offsets(batch), batch, _index.Column, rowLength, _faults);
        if (_index.Column.FixedLength != rowLength)
            throw _faults.WrongLength(batch.FirstRow, $"{_index.Column.FixedLength} tokens", rowLength);
        return 0;
    }

    private byte[] Offsets(ArrowBatch batch)
    {
        var needed = _faults.Counted(checked((batch.Rows + 1) * _index.Column.OffsetSize), batch.At);
        return batch.Codec is { } codec
            ? _decompression.Read(codec, batch.Offsets, needed, batch.At).ToArray()
            : _bytes.Read(batch.Offsets.At, needed);
    }

    private void ReadMapped(ArrowBatch batch, long at, int rowSize, RowReceiver receive)
    {
        var perPiece = Math.Max(1, PieceSize / rowSize);
        var piece = new byte[(int)Math.Min(perPiece, batch.Rows) * rowSize];
        for (long row = 0; row < batch.Rows; row += perPiece)
        {
            var part = piece.AsSpan(0, (int)Math.Min(perPiece, batch.Rows - row) * rowSize);
            _bytes.Read(at + row * rowSize, part);
            receive(batch.FirstRow + row, part);
        }
    }

    private void ReadCompressed(ArrowBatch batch, long start, int rowSize, RowReceiver receive)
    {
        var needed = _faults.Counted(checked(batch.Ids * Size), batch.At);
        var ids = _decompression.Read(batch.Codec!.Value, batch.Values, needed, batch.At);
        var perPiece = Math.Max(1, PieceSize / rowSize);
        for (long row = 0; row < batch.Rows; row += perPiece)
        {
            var count = (int)Math.Min(perPiece, batch.Rows - row);
            receive(batch.FirstRow + row, ids.Slice((int)(start + row * rowSize), count * rowSize));
        }
    }
}
