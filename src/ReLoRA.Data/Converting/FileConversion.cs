using ReLoRA.Data.ArrowFiles;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Converting;

/// <summary>Turns one file of ids into one shard.</summary>
internal static class FileConversion
{
    /// <summary>Converts a file. What a fault leaves has a temporary name, and is removed.</summary>
    /// <param name="source">The file's path.</param>
    /// <param name="column">Its column of ids.</param>
    /// <param name="shard">The path of the shard.</param>
    /// <param name="rowLength">Tokens of a row.</param>
    /// <param name="vocabularySize">Ids are below this.</param>
    /// <param name="read">Told the number of tokens after each piece.</param>
    /// <returns>The shard's entry in the manifest.</returns>
    /// <exception cref="DataException">The source or the output is at fault.</exception>
    public static ShardEntry Run(
        string source,
        string column,
        string shard,
        int rowLength,
        int vocabularySize,
        Action<int> read
    )
    {
        try
        {
            using var rows = RowSource.Open(source, column);
            using var writer = new ShardWriter(shard, rowLength, vocabularySize);
            rows.Read(rowLength, (first, ids) => Add(writer, rows.IdType, source, first, ids, read));
            return writer.Complete();
        }
        catch (Exception)
        {
            File.Delete(shard + DataFiles.PartialSuffix);
            throw;
        }
    }

    private static void Add(
        ShardWriter writer,
        string type,
        string source,
        long firstRow,
        ReadOnlySpan<byte> ids,
        Action<int> read
    )
    {
        var wrong = writer.AddRows(ids, type);
        if (wrong >= 0)
            throw new ArrowFaults(source, ArrowFaults.OfSource).OutOfRange(
                firstRow + wrong / writer.RowLength,
                wrong % writer.RowLength,
                IdNarrowing.At(ids, type, wrong),
                writer.VocabularySize
            );
        read(ids.Length / TokenType.BytesOf(type));
    }
}
