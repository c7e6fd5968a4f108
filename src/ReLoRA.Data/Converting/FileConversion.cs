using ReLoRA.Data.ArrowFiles;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Converting;

/// <summary>Turns one file of ids into one shard, in two steps: reads and writes all rows, then puts the shard on the disk under its name.</summary>
internal sealed class FileConversion : IDisposable
{
    private readonly string _source;
    private readonly string _shard;
    private readonly ShardWriter _writer;
    private bool _isComplete;

    /// <param name="source">The file's path.</param>
    /// <param name="shard">The path of the shard.</param>
    /// <param name="rowLength">Tokens of a row.</param>
    /// <param name="vocabularySize">Ids are below this.</param>
    /// <exception cref="DataException">The shard cannot be written.</exception>
    public FileConversion(string source, string shard, int rowLength, int vocabularySize) =>
        (_source, _shard, _writer) = (source, shard, new ShardWriter(shard, rowLength, vocabularySize));

    /// <summary>Reads the file and writes its rows.</summary>
    /// <param name="column">The column of ids.</param>
    /// <param name="read">Told the number of tokens after each piece.</param>
    /// <exception cref="DataException">The source or the output is at fault.</exception>
    public void Read(string column, Action<int> read)
    {
        using var rows = RowSource.Open(_source, column);
        rows.Read(_writer.RowLength, (first, ids) => Add(rows.IdType, first, ids, read));
    }

    /// <summary>Completes the shard.</summary>
    /// <returns>Its entry in the manifest.</returns>
    /// <exception cref="DataException">It cannot be written.</exception>
    public ShardEntry Complete()
    {
        var entry = _writer.Complete();
        _isComplete = true;
        return entry;
    }

    /// <summary>Closes the shard. What was not completed is removed.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        if (!_isComplete)
            File.Delete(_shard + DataFiles.PartialSuffix);
    }

    private void Add(string type, long firstRow, ReadOnlySpan<byte> ids, Action<int> read)
    {
        var wrong = _writer.AddRows(ids, type);
        if (wrong >= 0)
            throw new ArrowFaults(_source, ArrowFaults.OfSource).OutOfRange(
                firstRow + wrong / _writer.RowLength,
                wrong % _writer.RowLength,
                IdNarrowing.At(ids, type, wrong),
                _writer.VocabularySize
            );
        read(ids.Length / TokenType.BytesOf(type));
    }
}
