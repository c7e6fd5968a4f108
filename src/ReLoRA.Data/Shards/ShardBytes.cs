using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;

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
    public ulong Widen(long at, string tokenType, Span<long> destination)
    {
        var size = checked(destination.Length * TokenType.BytesOf(tokenType));
        RequireInside(at, size);
        var handle = _view.SafeMemoryMappedViewHandle;
        byte* start = null;
        try
        {
            // Holds the mapping: a dataset that is disposed by another thread is unmapped only after this read.
            handle.AcquirePointer(ref start);
            return Widen(new ReadOnlySpan<byte>(start + at, size), tokenType, destination);
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

    private static ulong Widen(ReadOnlySpan<byte> source, string tokenType, Span<long> destination) =>
        tokenType switch
        {
            TokenType.Small => Widen(MemoryMarshal.Cast<byte, ushort>(source), destination),
            TokenType.SmallSigned => Widen(MemoryMarshal.Cast<byte, short>(source), destination),
            TokenType.Wide => Widen(MemoryMarshal.Cast<byte, int>(source), destination),
            TokenType.WideUnsigned => Widen(MemoryMarshal.Cast<byte, uint>(source), destination),
            _ => Widen(MemoryMarshal.Cast<byte, long>(source), destination),
        };

    // The place need not be aligned: Arrow aligns buffers to 8 bytes, damaged files to none, and x64 and ARM64 read both.
    private static ulong Widen<T>(ReadOnlySpan<T> ids, Span<long> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        ulong largest = 0;
        for (var at = 0; at < ids.Length; at++)
        {
            var id = long.CreateTruncating(ids[at]);
            destination[at] = id;
            // A negative id becomes the largest of all, and is caught with those that are too large.
            largest = Math.Max(largest, (ulong)id);
        }
        return largest;
    }

    private void RequireInside(long at, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length - at);
    }
}
