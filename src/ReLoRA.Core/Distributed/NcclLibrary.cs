using System.Runtime.InteropServices;

namespace ReLoRA.Core.Distributed;

/// <summary>NCCL, where this process has it: libtorch's CUDA library holds a copy, and a system may have one of its own.</summary>
/// <remarks>Written from NCCL's header and not run: no machine with CUDA was at hand. docs/data-parallel.md.</remarks>
internal sealed unsafe class NcclLibrary
{
    private static readonly string[] Names = ["libtorch_cuda.so", "libnccl.so.2"];

    private readonly nint library;

    private NcclLibrary(nint library)
    {
        this.library = library;
        GetUniqueId = (delegate* unmanaged<NcclUniqueId*, int>)Export("ncclGetUniqueId");
        Begin = (delegate* unmanaged<nint*, int, NcclUniqueId, int, int>)Export("ncclCommInitRank");
        AllReduce = (delegate* unmanaged<nint, nint, nuint, int, int, nint, nint, int>)Export("ncclAllReduce");
        End = (delegate* unmanaged<nint, int>)Export("ncclCommDestroy");
    }

    public delegate* unmanaged<NcclUniqueId*, int> GetUniqueId { get; }

    public delegate* unmanaged<nint*, int, NcclUniqueId, int, int> Begin { get; }

    public delegate* unmanaged<nint, nint, nuint, int, int, nint, nint, int> AllReduce { get; }

    public delegate* unmanaged<nint, int> End { get; }

    /// <summary>The library; null where there is none.</summary>
    public static NcclLibrary? Find()
    {
        foreach (var name in Names)
            if (NativeLibrary.TryLoad(name, out var library))
            {
                if (NativeLibrary.TryGetExport(library, "ncclAllReduce", out _))
                    return new NcclLibrary(library);
                NativeLibrary.Free(library);
            }
        return null;
    }

    /// <summary>Throws where a call failed.</summary>
    public void Require(int result, string call)
    {
        if (result == 0)
            return;
        var text = ((delegate* unmanaged<int, nint>)Export("ncclGetErrorString"))(result);
        throw new InvalidOperationException($"NCCL's {call} failed: {Marshal.PtrToStringUTF8(text)}.");
    }

    private nint Export(string name) => NativeLibrary.GetExport(library, name);
}
