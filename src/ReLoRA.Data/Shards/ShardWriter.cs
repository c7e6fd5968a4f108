using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace ReLoRA.Data.Shards;

/// <summary>
/// Writes one shard: an uncompressed Arrow IPC file with the column <c>input_ids</c>. It is written under a temporary name and gets
/// its own name when it is complete.
/// </summary>
public sealed class ShardWriter : IDisposable
{
    // Large enough that a reader's index stays small, small enough to be collected in memory.
    private const int BytesPerBatch = 1 << 18;

    private readonly string _path;
    private readonly int _rowLength;
    private readonly string _tokenType;
    private readonly int _rowsPerBatch;
    private readonly byte[] _pending;
    private readonly FileStream _disk;
    private readonly HashingStream _file;
    private readonly ArrowFileWriter _arrow;
    private readonly Schema _schema;
    private int _pendingRows;

    /// <summary>Starts a shard.</summary>
    /// <param name="path">Its final path.</param>
    /// <param name="rowLength">Tokens of a row.</param>
    /// <param name="vocabularySize">Ids are below this; up to 65,536 they are stored in 16 bits.</param>
    /// <exception cref="DataException">The file cannot be written.</exception>
    public ShardWriter(string path, int rowLength, int vocabularySize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowLength, 2);
        (_path, _rowLength, _tokenType) = (path, rowLength, TokenType.For(vocabularySize));
        VocabularySize = vocabularySize;
        var rowSize = rowLength * TokenType.BytesOf(_tokenType);
        _rowsPerBatch = Math.Max(1, BytesPerBatch / rowSize);
        _pending = new byte[_rowsPerBatch * rowSize];
        _schema = ShardSchema.Create(rowLength, _tokenType);
        _disk = DataFiles.Guard(path, "shard", () => Unbuffered(path + DataFiles.PartialSuffix));
        _file = new HashingStream(_disk);
        _arrow = new ArrowFileWriter(_file, _schema, leaveOpen: true);
    }

    /// <summary>Ids are below this.</summary>
    public int VocabularySize { get; }

    /// <summary>Tokens of a row.</summary>
    public int RowLength => _rowLength;

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="tokens">Exactly one row of ids.</param>
    /// <exception cref="DataException">
    /// The row has another length (<see cref="DataFault.WrongRowLength"/>) or an id is out of range (<see cref="DataFault.TokenOutOfRange"/>).
    /// </exception>
    public void Add(ReadOnlySpan<int> tokens)
    {
        if (tokens.Length != _rowLength)
            throw new DataException(
                DataFault.WrongRowLength,
                $"{_path}: a row of {tokens.Length} tokens was given; the rows of this shard have {_rowLength}."
            );
        foreach (var token in tokens)
        {
            if ((uint)token >= (uint)VocabularySize)
                throw new DataException(
                    DataFault.TokenOutOfRange,
                    $"{_path}: token id {token} was given; allowed: 0 to {VocabularySize - 1}. Use the tokenizer of this dataset."
                );
        }
        Store(tokens);
        Rows++;
        if (++_pendingRows == _rowsPerBatch)
            WriteBatch();
    }

    /// <summary>Adds whole rows as others store them.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="type">Their type, one of <see cref="TokenType.OfSources"/>.</param>
    /// <returns>The place of the first id that is out of range, or −1. Rows up to it may have been added then.</returns>
    /// <exception cref="DataException">The file cannot be written.</exception>
    internal int AddRows(ReadOnlySpan<byte> ids, string type)
    {
        var (size, storedSize) = (_rowLength * TokenType.BytesOf(type), _rowLength * TokenType.BytesOf(_tokenType));
        for (var done = 0; done < ids.Length; )
        {
            var rows = Math.Min(_rowsPerBatch - _pendingRows, (ids.Length - done) / size);
            ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
            var room = _pending.AsSpan(_pendingRows * storedSize, rows * storedSize);
            var wrong = IdNarrowing.Store(ids.Slice(done, rows * size), type, room, _tokenType, VocabularySize);
            if (wrong >= 0)
                return done / TokenType.BytesOf(type) + wrong;
            done += rows * size;
            Rows += rows;
            _pendingRows += rows;
            if (_pendingRows == _rowsPerBatch)
                WriteBatch();
        }
        return -1;
    }

    /// <summary>Completes the shard and gives it its name.</summary>
    /// <returns>Its entry in the manifest.</returns>
    /// <exception cref="DataException">
    /// It has no rows (<see cref="DataFault.TooSmall"/>), or the file cannot be written.
    /// </exception>
    public ShardEntry Complete()
    {
        if (Rows == 0)
            throw new DataException(DataFault.TooSmall, $"{_path}: a shard needs at least one row.");
        if (_pendingRows > 0)
            WriteBatch();
        return DataFiles.Guard(
            _path,
            "shard",
            () =>
            {
                _arrow.WriteEnd();
                _disk.Flush(flushToDisk: true);
                var entry = new ShardEntry(Path.GetFileName(_path), Rows, _file.Length, _file.Sha256());
                _arrow.Dispose();
                _file.Dispose();
                File.Move(_path + DataFiles.PartialSuffix, _path, overwrite: true);
                return entry;
            }
        );
    }

    /// <summary>Closes the file. What was not completed keeps its temporary name.</summary>
    public void Dispose()
    {
        _arrow.Dispose();
        _file.Dispose();
    }

    // Without a buffer nothing is left to write, and to fail on a full disk, when a shard is given up.
    private static FileStream Unbuffered(string path) =>
        new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    private void Store(ReadOnlySpan<int> tokens)
    {
        var size = _rowLength * TokenType.BytesOf(_tokenType);
        var row = _pending.AsSpan(_pendingRows * size, size);
        if (_tokenType == TokenType.Wide)
        {
            tokens.CopyTo(MemoryMarshal.Cast<byte, int>(row));
            return;
        }
        var narrow = MemoryMarshal.Cast<byte, ushort>(row);
        for (var at = 0; at < tokens.Length; at++)
            narrow[at] = (ushort)tokens[at];
    }

    private void WriteBatch()
    {
        var count = _pendingRows * _rowLength;
        var bytes = _pending.AsMemory(0, count * TokenType.BytesOf(_tokenType));
        var ids = new ArrayData(
            TokenType.ArrowTypeOf(_tokenType),
            count,
            nullCount: 0,
            offset: 0,
            [ArrowBuffer.Empty, new ArrowBuffer(bytes)]
        );
        var rows = new ArrayData(
            _schema.FieldsList[0].DataType,
            _pendingRows,
            nullCount: 0,
            offset: 0,
            [ArrowBuffer.Empty],
            [ids]
        );
        using var batch = new RecordBatch(_schema, [new FixedSizeListArray(rows)], _pendingRows);
        DataFiles.Guard(
            _path,
            "shard",
            () =>
            {
                _arrow.WriteRecordBatch(batch);
            }
        );
        _pendingRows = 0;
    }
}
