using System.IO.MemoryMappedFiles;

namespace ReLoRA.Data.Shards;

/// <summary>A file mapped into memory. Reads are checked against its length, and never outlive the mapping.</summary>
internal sealed unsafe class ShardBytes : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <exception cref="DataException">The file is missing, empty or cannot be mapped.</exception>
    public ShardBytes(string path)
    {
        (Length, _file, _view) = DataFiles.Guard(
            path,
            "file",
            () =>
            {
                var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
                var length = stream.Length;
                if (length == 0)
                {
                    stream.Dispose();
                    throw new DataException(
                        DataFault.Truncated,
                        $"{path}: truncated: 0 bytes. Copy or fetch the file anew."
                    );
                }
                var file = MemoryMappedFile.CreateFromFile(
                    stream,
                    mapName: null,
                    length,
                    MemoryMappedFileAccess.Read,
                    HandleInheritability.None,
                    leaveOpen: false
                );
                return (length, file, file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read));
            }
        );
    }

    /// <summary>The file's size in bytes.</summary>
    public long Length { get; }

    /// <summary>A copy of some bytes.</summary>
    public byte[] Read(long at, int count)
    {
        RequireInside(at, count);
        var bytes = new byte[count];
        Read(at, bytes.AsSpan());
        return bytes;
    }

    /// <summary>Copies some bytes.</summary>
    public void Read(long at, Span<byte> destination)
    {
        RequireInside(at, destination.Length);
        _view.SafeMemoryMappedViewHandle.ReadSpan((ulong)at, destination);
    }

    /// <summary>Widens ids straight out of the mapping.</summary>
    /// <returns>The largest id read, as an unsigned number.</returns>
    public ulong Widen(long at, string tokenType, Span<long> destination, bool isChecked = true)
    {
        var size = checked(destination.Length * TokenType.BytesOf(tokenType));
        RequireInside(at, size);
        var handle = _view.SafeMemoryMappedViewHandle;
        byte* start = null;
        try
        {
            // Holds the mapping: a dataset that is disposed by another thread is unmapped only after this read.
            handle.AcquirePointer(ref start);
            var source = new ReadOnlySpan<byte>(start + at, size);
            return isChecked
                ? IdWidening.Checked(source, tokenType, destination)
                : IdWidening.Bare(source, tokenType, destination);
        }
        finally
        {
            if (start is not null)
                handle.ReleasePointer();
        }
    }

    /// <summary>Adds up ids where they lie.</summary>
    public long Sum(long at, string tokenType, int count)
    {
        var size = checked(count * TokenType.BytesOf(tokenType));
        RequireInside(at, size);
        var handle = _view.SafeMemoryMappedViewHandle;
        byte* start = null;
        try
        {
            handle.AcquirePointer(ref start);
            return IdWidening.Sum(new ReadOnlySpan<byte>(start + at, size));
        }
        finally
        {
            if (start is not null)
                handle.ReleasePointer();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private void RequireInside(long at, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length - at);
    }
}
