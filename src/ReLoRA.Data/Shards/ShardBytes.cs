using System.IO.MemoryMappedFiles;

namespace ReLoRA.Data.Shards;

/// <summary>A file mapped into memory. Reads are checked against its length, and never outlive the mapping.</summary>
internal sealed unsafe class ShardBytes : IDisposable
{
    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <exception cref="DataException">The file is missing, empty or cannot be mapped.</exception>
    public ShardBytes(string path)
    {
        _path = path;
        (Length, _file, _view) = DataFiles.Guard(
            path,
            "shard",
            () =>
            {
                var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
                var length = stream.Length;
                if (length == 0)
                {
                    stream.Dispose();
                    throw new DataException(
                        DataFault.Truncated,
                        $"{path}: truncated shard: 0 bytes. Copy the file anew or build the dataset anew (relora data build)."
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

    /// <summary>
    /// Fails where the file was removed, cut or replaced since it was mapped. A mapping of a file that was cut ends the process when
    /// it is read beyond the new end, which nothing can catch, so it is asked before. Costs a microsecond.
    /// </summary>
    /// <param name="at">The place about to be read, for the message.</param>
    /// <exception cref="DataException">It is gone (<see cref="DataFault.Missing"/>) or has another size.</exception>
    public void RequireUnchanged(long at)
    {
        var file = new FileInfo(_path);
        if (!file.Exists)
            throw new DataException(
                DataFault.Missing,
                $"{_path}: the shard was removed while it was being read, at byte {at}. Put it back, then go on from the last checkpoint."
            );
        if (file.Length != Length)
            throw new DataException(
                DataFault.Truncated,
                $"{_path}: the shard was changed while it was being read, at byte {at}: {file.Length} bytes, and {Length} when it was opened. "
                    + "Copy it anew, then go on from the last checkpoint."
            );
    }

    /// <summary>A copy of some bytes.</summary>
    public byte[] Read(long at, int count)
    {
        RequireInside(at, count);
        var bytes = new byte[count];
        _view.SafeMemoryMappedViewHandle.ReadSpan((ulong)at, bytes.AsSpan());
        return bytes;
    }

    /// <summary>Widens ids straight out of the mapping.</summary>
    /// <returns>The largest id read, as an unsigned number.</returns>
    public ulong Widen(long at, string tokenType, Span<long> destination)
    {
        RequireInside(at, (long)destination.Length * TokenType.BytesOf(tokenType));
        var handle = _view.SafeMemoryMappedViewHandle;
        byte* start = null;
        try
        {
            // Holds the mapping: a dataset that is disposed by another thread is unmapped only after this read.
            handle.AcquirePointer(ref start);
            var place = start + at;
            return tokenType == TokenType.Small
                ? Widen(new ReadOnlySpan<ushort>(place, destination.Length), destination)
                : Widen(new ReadOnlySpan<int>(place, destination.Length), destination);
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

    private static ulong Widen(ReadOnlySpan<ushort> ids, Span<long> destination)
    {
        ushort largest = 0;
        for (var at = 0; at < ids.Length; at++)
        {
            destination[at] = ids[at];
            largest = Math.Max(largest, ids[at]);
        }
        return largest;
    }

    private static ulong Widen(ReadOnlySpan<int> ids, Span<long> destination)
    {
        ulong largest = 0;
        for (var at = 0; at < ids.Length; at++)
        {
            destination[at] = ids[at];
            // A negative id becomes the largest of all, and is caught with those that are too large.
            largest = Math.Max(largest, (ulong)(long)ids[at]);
        }
        return largest;
    }

    private void RequireInside(long at, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length - at);
    }
}
