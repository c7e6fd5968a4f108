using System.IO.MemoryMappedFiles;

namespace ReLoRA.Data.Shards;

/// <summary>A file mapped into memory. Reads are checked against its length, and never outlive the mapping.</summary>
internal sealed unsafe class ShardBytes : IDisposable
{
    /// <summary>How long a file is taken to be what it was.</summary>
    internal const int MillisecondsUnlooked = 50;

    private readonly string _path;
    private readonly bool _mayVanish;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private long _lookedAt = Environment.TickCount64;
    private uint _reads;

    /// <param name="path">The file.</param>
    /// <param name="mayVanish">Whether it may be removed meanwhile: what is mapped then stays.</param>
    /// <exception cref="DataException">The file is missing, empty or cannot be mapped.</exception>
    public ShardBytes(string path, bool mayVanish = false)
    {
        (_path, _mayVanish) = (path, mayVanish);
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

    /// <summary>
    /// Fails where the file was removed, cut or replaced since it was mapped. A mapping of a file that was cut ends the process when
    /// it is read beyond the new end, which nothing can catch, so it is asked before. That costs a microsecond, as
    /// much as reading a row, so it is done every twentieth of a second only: what happens in between is not seen.
    /// </summary>
    /// <param name="at">The place about to be read, for the message.</param>
    /// <exception cref="DataException">It is gone (<see cref="DataFault.Missing"/>) or has another size.</exception>
    public void RequireUnchanged(long at)
    {
        // Even the time of day costs more than reading a row on some virtual machines.
        if ((_reads++ & 15) != 0)
            return;
        var now = Environment.TickCount64;
        if (now - _lookedAt < MillisecondsUnlooked)
            return;
        _lookedAt = now;
        var file = DataFiles.Info(_path);
        if (!file.Exists && _mayVanish)
            return;
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
        Read(at, bytes.AsSpan());
        return bytes;
    }

    /// <summary>Copies some bytes: several times as fast as the handle's own ReadSpan.</summary>
    public void Read(long at, Span<byte> destination)
    {
        using var held = new HeldMap(_view);
        Piece(held, at, destination.Length).CopyTo(destination);
    }

    /// <summary>Widens ids straight out of the mapping.</summary>
    /// <returns>The largest id read, as an unsigned number.</returns>
    public ulong Widen(long at, string tokenType, Span<long> destination, bool isChecked = true)
    {
        using var held = new HeldMap(_view);
        var source = Piece(held, at, checked(destination.Length * TokenType.BytesOf(tokenType)));
        return isChecked
            ? IdWidening.Checked(source, tokenType, destination)
            : IdWidening.Bare(source, tokenType, destination);
    }

    /// <summary>Adds up ids where they lie.</summary>
    public long Sum(long at, string tokenType, int count)
    {
        using var held = new HeldMap(_view);
        return IdWidening.Sum(Piece(held, at, checked(count * TokenType.BytesOf(tokenType))));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private ReadOnlySpan<byte> Piece(HeldMap held, long at, int count)
    {
        RequireInside(at, count);
        return new ReadOnlySpan<byte>(held.Start + at, count);
    }

    private void RequireInside(long at, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length - at);
    }
}
