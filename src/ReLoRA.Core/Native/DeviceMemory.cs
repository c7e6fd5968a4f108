using System.Runtime.InteropServices;

namespace ReLoRA.Core.Native;

/// <summary>Memory of the first GPU. TorchSharp does not tell it, the driver does.</summary>
internal static partial class DeviceMemory
{
    private const string Driver = "libcuda.so.1";

    /// <summary>All of it, in bytes; null where there is no driver or no GPU.</summary>
    public static long? Total()
    {
        if (!NativeLibrary.TryLoad(Driver, out _))
            return null;
        return Init(0) == 0 && Get(out var device, 0) == 0 && TotalMemory(out var bytes, device) == 0
            ? (long)bytes
            : null;
    }

    [LibraryImport(Driver, EntryPoint = "cuInit")]
    private static partial int Init(uint flags);

    [LibraryImport(Driver, EntryPoint = "cuDeviceGet")]
    private static partial int Get(out int device, int ordinal);

    [LibraryImport(Driver, EntryPoint = "cuDeviceTotalMem_v2")]
    private static partial int TotalMemory(out nuint bytes, int device);
}
