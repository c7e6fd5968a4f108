using ReLoRA.Data.ArrowFiles;
using ReLoRA.Data.Building;

namespace ReLoRA.Data.Converting;

/// <summary>Opens a file of ids by what it begins with, whatever its name.</summary>
internal static class RowSource
{
    private const int HeadSize = 8;

    /// <exception cref="DataException">The file is missing, empty, of another kind, damaged, or has no such column.</exception>
    public static IRowSource Open(string path, string column)
    {
        var faults = new ArrowFaults(path, ArrowFaults.OfSource);
        var head = DataFiles.Guard(path, "input file", () => Head(path));
        if (head.Length == 0)
            throw faults.Truncated("0 bytes");
        if (head.AsSpan().StartsWith("PARE"u8))
            throw faults.Unsupported("an encrypted Parquet file", "decrypt it first.");
        if (head.AsSpan().StartsWith("PAR1"u8))
            return new ParquetRows(path, column, faults);
        if (head.AsSpan().StartsWith("ARROW1"u8) || head.AsSpan().StartsWith<byte>([0xFF, 0xFF, 0xFF, 0xFF]))
            return new ArrowRows(path, column, faults);
        throw faults.Unsupported(
            $"neither Parquet nor Arrow begins here (found {Convert.ToHexString(head)})",
            "supported: Parquet, Arrow IPC files and streams (format version 0.15 and later). Give such a file, or build from text "
                + "(relora data build)."
        );
    }

    /// <summary>Tokens of a file's first row, which all rows of a dataset have.</summary>
    /// <exception cref="DataException">The file cannot be read, or its first row has a length that no dataset's has.</exception>
    public static int RowLengthOf(string path, string column)
    {
        using var source = Open(path, column);
        var length = source.FirstRowLength();
        return length is >= 2 and <= DatasetBuilder.LongestSequence + 1
            ? length
            : throw new DataException(
                DataFault.WrongRowLength,
                $"{path}: row 0 has {length} tokens; allowed: 2 to {DatasetBuilder.LongestSequence + 1}. Cut or "
                    + "pack the ids to rows of one length first."
            );
    }

    private static byte[] Head(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var head = new byte[HeadSize];
        return head[..file.ReadAtLeast(head, HeadSize, throwOnEndOfStream: false)];
    }
}
