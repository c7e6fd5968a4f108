using ReLoRA.Data.Shards;
using ZstdSharp;

namespace ReLoRA.Data.Building;

/// <summary>The text of an input file, decompressed while it is read.</summary>
internal sealed class InputText : Stream
{
    private readonly InputFile _file;
    private readonly HashedFile _stored;
    private readonly Stream _text;

    /// <exception cref="DataException">The file is missing, or is not of the kind that its name says.</exception>
    public InputText(InputFile file)
    {
        _file = file;
        (_stored, _text) = Guard(() =>
        {
            uint? recorded = file.IsGzip ? CheckedGzipStream.RecordedLength(file.Path) : null;
            var stored = new HashedFile(file.Path);
            return (stored, Decompressed(stored, recorded));
        });
    }

    /// <summary>Bytes of the stored file read so far.</summary>
    public long StoredBytes => _stored.Position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Guard(() => _text.Read(buffer, offset, count));

    /// <summary>The file's entry in the manifest, once its text has been read.</summary>
    public SourceEntry Finish() => Guard(() => _stored.Finish(_file.Name));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
            _stored.Dispose();
        }
        base.Dispose(disposing);
    }

    private Stream Decompressed(Stream stored, uint? recorded)
    {
        if (recorded is { } length)
            return new CheckedGzipStream(stored, length);
        // Fails at a frame that is not complete, where a file was cut short.
        return _file.IsZstandard ? new DecompressionStream(stored, checkEndOfStream: true, leaveOpen: true) : stored;
    }

    private T Guard<T>(Func<T> read) =>
        DataFiles.Guard(
            _file.Path,
            "input file",
            () =>
            {
                try
                {
                    return read();
                }
                catch (Exception fault) when (fault is InvalidDataException or ZstdException or EndOfStreamException)
                {
                    throw new DataException(
                        DataFault.Damaged,
                        $"{_file.Path}: cannot be read as {(_file.IsGzip ? "gzip" : "Zstandard")}, near byte {_stored?.Position ?? 0} of the "
                            + $"file: {fault.Message} Fetch the file anew.",
                        fault
                    );
                }
            }
        );
}
