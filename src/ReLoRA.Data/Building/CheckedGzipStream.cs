using System.Buffers.Binary;
using System.IO.Compression;

namespace ReLoRA.Data.Building;

/// <summary>
/// Decompresses a gzip file and checks the length that its last four bytes record. <see cref="GZipStream"/> takes the end of a file
/// that was cut short, at many places, for the end of its data.
/// </summary>
public sealed class CheckedGzipStream : Stream
{
    private const int SmallestFile = 18;

    private readonly GZipStream _inner;
    private readonly uint _recorded;
    private uint _read;

    /// <summary>Decompresses a file.</summary>
    /// <param name="file">The compressed file, read from its begin; it is disposed with this stream.</param>
    /// <param name="recorded">What <see cref="RecordedLength(string)"/> found in it.</param>
    public CheckedGzipStream(Stream file, uint recorded)
    {
        _recorded = recorded;
        _inner = new GZipStream(file, CompressionMode.Decompress);
    }

    /// <summary>The length of the text that the end of a gzip file records, modulo 2^32.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is too short for a gzip file.</exception>
    public static uint RecordedLength(string path)
    {
        using var file = File.OpenRead(path);
        return RecordedLength(file);
    }

    /// <summary>The text of a gzip file that is in memory.</summary>
    /// <param name="compressed">The file's bytes.</param>
    /// <exception cref="InvalidDataException">It is no gzip, damaged, or cut short.</exception>
    public static byte[] ReadAll(byte[] compressed)
    {
        using var file = new MemoryStream(compressed);
        var recorded = RecordedLength(file);
        file.Position = 0;
        using var gzip = new CheckedGzipStream(file, recorded);
        using var text = new MemoryStream();
        gzip.CopyTo(text);
        return text.ToArray();
    }

    private static uint RecordedLength(Stream file)
    {
        if (file.Length < SmallestFile)
            throw new InvalidDataException($"{file.Length} bytes are too few.");
        Span<byte> tail = stackalloc byte[sizeof(uint)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        return BinaryPrimitives.ReadUInt32LittleEndian(tail);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = _inner.Read(buffer);
        // The recorded length is modulo 2^32.
        _read = unchecked(_read + (uint)count);
        if (count == 0 && buffer.Length > 0 && _read != _recorded)
            throw new InvalidDataException(
                $"it holds {_read} bytes and records {_recorded}: it was cut short, or is several gzip files in one."
            );
        return count;
    }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
