using System.Security.Cryptography;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Building;

/// <summary>A file read from its begin to its end, which is hashed on the way: what the manifest records is what was read.</summary>
internal sealed class HashedFile(string path) : Stream
{
    private const int Buffer = 1 << 16;

    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = _file.Read(buffer);
        _hash.AppendData(buffer[..count]);
        _read += count;
        return count;
    }

    /// <summary>Reads what a decompressor left over and gives the entry of the whole file.</summary>
    public SourceEntry Finish(string name)
    {
        var rest = new byte[Buffer];
        while (Read(rest) > 0) { }
        return new SourceEntry(name, _read, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }
}
