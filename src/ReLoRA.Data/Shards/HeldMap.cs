using System.IO.MemoryMappedFiles;

namespace ReLoRA.Data.Shards;

/// <summary>Holds a mapping while it is read: what another thread disposes meanwhile is unmapped only afterwards.</summary>
internal readonly unsafe ref struct HeldMap
{
    private readonly MemoryMappedViewAccessor _view;

    /// <exception cref="ObjectDisposedException">The mapping is disposed.</exception>
    public HeldMap(MemoryMappedViewAccessor view)
    {
        _view = view;
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = start;
    }

    /// <summary>The first byte.</summary>
    public byte* Start { get; }

    public void Dispose() => _view.SafeMemoryMappedViewHandle.ReleasePointer();
}
