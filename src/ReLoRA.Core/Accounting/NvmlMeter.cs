using System.Runtime.InteropServices;

namespace ReLoRA.Core.Accounting;

/// <summary>Energy of the first NVIDIA GPU since its driver was loaded, by NVIDIA's management library (Volta and later).</summary>
internal sealed partial class NvmlMeter : IEnergyMeter
{
    private const string Library = "libnvidia-ml.so.1";
    private const double MillijoulesPerJoule = 1e3;

    private readonly nint device;

    private NvmlMeter(nint device) => this.device = device;

    public string Name => "NVML: GPU 0";

    /// <summary>The meter; null where there is no such GPU, or its driver counts no energy.</summary>
    public static NvmlMeter? Find()
    {
        try
        {
            return Initialise() == 0 && DeviceAt(0, out var device) == 0 && Energy(device, out _) == 0
                ? new NvmlMeter(device)
                : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    public double Read() => Energy(device, out var millijoules) == 0 ? millijoules / MillijoulesPerJoule : double.NaN;

    [LibraryImport(Library, EntryPoint = "nvmlInit_v2")]
    private static partial int Initialise();

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByIndex_v2")]
    private static partial int DeviceAt(uint index, out nint device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetTotalEnergyConsumption")]
    private static partial int Energy(nint device, out ulong millijoules);
}
