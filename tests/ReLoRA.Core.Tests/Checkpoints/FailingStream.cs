namespace ReLoRA.Core.Tests.Checkpoints;

/// <summary>A file on a <see cref="FailingDisk"/>.</summary>
internal sealed class FailingStream(FailingDisk disk, Stream target) : Stream
{
    public Stream Target => target;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => target.Length;

    public override long Position
    {
        get => target.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) =>
        disk.Do(() => target.Write(buffer, offset, count), () => target.Write(buffer, offset, count / 2));

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            target.Dispose();
        base.Dispose(disposing);
    }
}
