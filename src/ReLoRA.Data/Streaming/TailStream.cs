namespace ReLoRA.Data.Streaming;

/// <summary>The end of a file that lies elsewhere, in the place it has in that file.</summary>
/// <param name="tail">The bytes at its end.</param>
/// <param name="length">The file's size.</param>
internal sealed class TailStream(byte[] tail, long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var from = Position - (length - tail.Length);
        if (from < 0)
            throw new IOException(
                $"byte {Position} of a file of which only what follows {length - tail.Length} was fetched"
            );
        var some = (int)Math.Clamp(tail.Length - from, 0, count);
        Array.Copy(tail, from, buffer, offset, some);
        Position += some;
        return some;
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
