using System.Buffers.Binary;
using System.IO.Compression;

namespace ReLoRA.Core.Evaluation.Items;

/// <summary>Decompresses gzip as a whole, and checks the length that its end records.</summary>
internal static class GzipFile
{
    private const int SmallestFile = 18;

    /// <exception cref="InvalidDataException">It is no gzip, damaged, or cut short.</exception>
    public static byte[] Read(byte[] compressed)
    {
        if (compressed.Length < SmallestFile)
            throw new InvalidDataException($"{compressed.Length} bytes are too few for gzip.");
        using var text = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress))
            gzip.CopyTo(text);
        // GZipStream takes the end of a file that was cut short, at many places, for the end of its data.
        var recorded = BinaryPrimitives.ReadUInt32LittleEndian(compressed.AsSpan(^sizeof(uint)..));
        return (uint)text.Length == recorded
            ? text.ToArray()
            : throw new InvalidDataException(
                $"it holds {text.Length} bytes and records {recorded}: it was cut short, or is several gzip files in one."
            );
    }
}
