using ReLoRA.Data.ArrowFiles;

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

    private static byte[] Head(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var head = new byte[HeadSize];
        return head[..file.ReadAtLeast(head, HeadSize, throwOnEndOfStream: false)];
    }
}
