using System.Buffers.Binary;
using System.IO.Compression;

namespace ReLoRA.Data.Building;

/// <summary>
/// Decompresses a gzip file and checks the length that its last four bytes record. <see cref="GZipStream"/> takes the end of a file
/// that was cut short, at many places, for the end of its data.
/// </summary>
internal sealed class CheckedGzipStream : Stream
{
    private const int SmallestFile = 18;

    private readonly GZipStream _inner;
    private readonly uint _recorded;
    private uint _read;

    /// <param name="file">The compressed file, read from its begin; it is disposed with this stream.</param>
    /// <param name="recorded">What <see cref="RecordedLength"/> found in it.</param>
    public CheckedGzipStream(Stream file, uint recorded)
    {
        _recorded = recorded;
        _inner = new GZipStream(file, CompressionMode.Decompress);
    }

    /// <summary>The length of the text that the end of a gzip file records, modulo 2^32.</summary>
    /// <exception cref="InvalidDataException">It is too short for a gzip file.</exception>
    public static uint RecordedLength(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length < SmallestFile)
            throw new InvalidDataException($"{file.Length} bytes are too few.");
        Span<byte> tail = stackalloc byte[sizeof(uint)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        return BinaryPrimitives.ReadUInt32LittleEndian(tail);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
