using System.IO.MemoryMappedFiles;

namespace ReLoRA.Core.Safetensors;

/// <summary>
/// The bytes of a file, mapped: no copy of it is made, however large. Whoever shortens the file meanwhile ends the process, as with
/// every map; files of this lab are replaced by renaming, never rewritten.
/// </summary>
internal sealed unsafe class MappedBytes : IDisposable
{
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* first;

    private MappedBytes(FileStream file, long length)
    {
        Length = length;
        map = MemoryMappedFile.CreateFromFile(
            file,
            null,
            length,
            MemoryMappedFileAccess.Read,
            HandleInheritability.None,
            leaveOpen: false
        );
        view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref first);
    }

    public long Length { get; }

    /// <summary>Maps a file; nothing where it is shorter than <paramref name="least"/>, since no empty file can be mapped.</summary>
    public static MappedBytes? Open(string path, long least)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            if (file.Length >= least)
                return new MappedBytes(file, file.Length);
            file.Dispose();
            return null;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A piece of the file. Valid until this is disposed.</summary>
    public ReadOnlySpan<byte> Piece(long start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length - length);
        return new ReadOnlySpan<byte>(first + view.PointerOffset + start, length);
    }

    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
    }
}
