using System.Runtime.InteropServices;
using ParquetSharp;
using ReLoRA.Data.ArrowFiles;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Converting;

/// <summary>The rows of a Parquet file, by ParquetSharp's low-level reader: a page at a time, no objects for lists.</summary>
internal sealed class ParquetRows : IRowSource
{
    private const int MagicSize = 4;
    private const int SmallestFile = 12;
    private const int BufferSize = 1 << 20;
    private const int IdsPerPiece = 1 << 16;

    private readonly ArrowFaults _faults;
    private readonly ParquetFileReader _reader;
    private readonly ParquetColumn _column;

    public ParquetRows(string path, string column, ArrowFaults faults)
    {
        _faults = faults;
        RequireEnd(path);
        _reader = Native(0, () => OpenReader(path));
        try
        {
            _column = Native(0, () => ParquetColumn.Find(_reader.FileMetaData.Schema, column, faults));
            Rows = Native(0, () => _reader.FileMetaData.NumRows);
        }
        catch (DataException)
        {
            _reader.Dispose();
            throw;
        }
    }

    public string IdType => _column.IdType;

    public long Rows { get; }

    public int FirstRowLength() => IdType == TokenType.Wide ? FirstRowLength<int>() : FirstRowLength<long>();

    public void Read(int rowLength, RowReceiver receive)
    {
        if (IdType == TokenType.Wide)
            Read<int>(rowLength, receive);
        else
            Read<long>(rowLength, receive);
    }

    public void Dispose() => _reader.Dispose();

    private static ParquetFileReader OpenReader(string path)
    {
        using var properties = ReaderProperties.GetDefaultReaderProperties();
        // Else a whole column of a row group is read at once, which may be the whole file.
        properties.EnableBufferedStream();
        properties.BufferSize = BufferSize;
        properties.EnablePageChecksumVerification();
        return new ParquetFileReader(path, properties);
    }

    private void RequireEnd(string path)
    {
        var (length, tail) = DataFiles.Guard(
            path,
            "input file",
            () =>
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
                var end = new byte[MagicSize];
                file.Seek(-MagicSize, SeekOrigin.End);
                file.ReadExactly(end);
                return (file.Length, end);
            }
        );
        if (length < SmallestFile || !tail.AsSpan().SequenceEqual("PAR1"u8))
            throw _faults.Truncated($"{length} bytes without PAR1 at their end");
    }

    private int FirstRowLength<T>()
        where T : unmanaged
    {
        var piece = new ParquetPiece<T>(IdsPerPiece);
        var length = 0;
        for (var group = 0; length == 0 && group < GroupCount(); group++)
        {
            using var opened = Native(0, () => Open<T>(group));
            while (Fill(opened.Reader, piece, length == 0 ? 0 : 1))
            {
                var next = piece.Repetitions[(length == 0 ? 1 : 0)..].IndexOf((short)0);
                if (next >= 0)
                    return length + next + (length == 0 ? 1 : 0);
                length = checked(length + piece.Count);
                piece.Clear();
            }
        }
        return length;
    }

    private void Read<T>(int rowLength, RowReceiver receive)
        where T : unmanaged
    {
        var piece = new ParquetPiece<T>(Math.Max(1, IdsPerPiece / rowLength) * rowLength);
        long row = 0;
        for (var group = 0; group < GroupCount(); group++)
        {
            var expected = row;
            using var opened = Native(row, () => Open<T>(group));
            expected += opened.Rows;
            while (Fill(opened.Reader, piece, row))
            {
                if (piece.IsFull)
                    row = Deliver(piece, row, rowLength, receive);
            }
            row = Deliver(piece, row, rowLength, receive);
            if (row != expected)
                throw _faults.Damaged($"row group {group} ends with row {row}; its header says {expected}");
        }
        if (row != Rows)
            throw _faults.Damaged($"{row} rows; its footer says {Rows}");
    }

    private long Deliver<T>(ParquetPiece<T> piece, long row, int rowLength, RowReceiver receive)
        where T : unmanaged
    {
        if (piece.Count == 0)
            return row;
        Levels.RequireRows(piece.Repetitions, row, rowLength);
        receive(row, MemoryMarshal.AsBytes(piece.Ids));
        row += piece.Count / rowLength;
        piece.Clear();
        return row;
    }

    /// <summary>Adds what the reader gives, at most a page; false at the end of the row group.</summary>
    private bool Fill<T>(ColumnReader<T> reader, ParquetPiece<T> piece, long row)
        where T : unmanaged
    {
        var before = piece.Count;
        if (!Native(row, () => reader.HasNext && piece.Fill(reader)))
            return false;
        Levels.RequirePresent(piece.Definitions[before..], piece.Repetitions[before..], row + piece.RowsIn(before));
        return true;
    }

    private ParquetLevels Levels => new(_column.Present, _faults);

    private int GroupCount() => Native(0, () => _reader.FileMetaData.NumRowGroups);

    private OpenedColumn<T> Open<T>(int group)
        where T : unmanaged
    {
        var opened = _reader.RowGroup(group);
        try
        {
            return new OpenedColumn<T>(opened, (ColumnReader<T>)opened.Column(_column.Leaf), opened.MetaData.NumRows);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private T Native<T>(long row, Func<T> call)
    {
        try
        {
            return call();
        }
        // The native library reports damage as exceptions of several types; none of them names the file.
        catch (Exception fault) when (fault is not DataException)
        {
            throw _faults.Damaged($"cannot be read as Parquet at or after row {row}: {OneLine(fault.Message)}", fault);
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries));
}
