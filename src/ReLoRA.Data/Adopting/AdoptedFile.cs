using ReLoRA.Data.ArrowFiles;
using ReLoRA.Data.Converting;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Adopting;

/// <summary>What reading an Arrow file once has told.</summary>
/// <param name="Entry">Its entry in the manifest.</param>
/// <param name="RowLength">Tokens of its rows.</param>
/// <param name="IdType">How its ids are stored.</param>
/// <param name="Modified">When it was last written, before it was read.</param>
internal sealed record AdoptedFile(ShardEntry Entry, int RowLength, string IdType, long Modified)
{
    private const int RowsAtOnce = 256;

    /// <exception cref="DataException">It cannot be read in place, is damaged, or an id is out of range.</exception>
    public static AdoptedFile Read(SourceFile file, string column, int vocabularySize, Action<int> read)
    {
        var modified = ModifiedOf(file.Path);
        if (Path.GetExtension(file.Name).Equals(".parquet", StringComparison.OrdinalIgnoreCase))
            throw new ArrowFaults(file.Path, ArrowFaults.OfSource).Unsupported(
                "Parquet cannot be read in place",
                "supported: Arrow. Convert it: relora data convert."
            );
        using var shard = TokenShard.Open(file.Path, column, ArrowFaults.OfSource);
        if (shard.Rows == 0)
            throw new DataException(DataFault.TooSmall, $"{file.Path}: no rows. Take the file out of the folder.");
        var row = new long[shard.RowLength];
        for (long index = 0; index < shard.Rows; index++)
        {
            shard.ReadRow(index, vocabularySize, row);
            if (index % RowsAtOnce == RowsAtOnce - 1 || index == shard.Rows - 1)
                read((int)(index % RowsAtOnce + 1) * row.Length);
        }
        var entry = new ShardEntry(
            file.Name,
            shard.Rows,
            DataFiles.Info(file.Path).Length,
            DataFiles.Sha256(file.Path)
        );
        return new AdoptedFile(entry, shard.RowLength, shard.StoredType, modified);
    }

    /// <summary>When a file was last written.</summary>
    public static long ModifiedOf(string path) =>
        DataFiles.Guard(path, "file", () => DataFiles.Info(path).LastWriteTimeUtc.Ticks);
}
