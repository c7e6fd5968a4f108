using System.Globalization;
using ReLoRA.Core.Native;

namespace ReLoRA.Core.Training;

/// <summary>Memory that training may take where the user sets no limit.</summary>
public static class MachineMemory
{
    /// <summary>The rest is for what other programs take meanwhile, and for what an estimate may be off.</summary>
    private const double Share = 0.9;

    /// <summary>On a CPU what is available now, within the limit of a container; on a GPU its memory.</summary>
    /// <param name="device">The device: <c>cpu</c> or <c>cuda</c>.</param>
    /// <exception cref="UserFaultException">It cannot be found out.</exception>
    public static long Available(string device)
    {
        var bytes = device == "cpu" ? OfSystem() : DeviceMemory.Total();
        return bytes is { } found
            ? (long)(Share * found)
            : throw new UserFaultException(
                $"--micro-batch auto: the memory of the device '{device}' cannot be read here. Give it: --memory SIZE, for example 8GiB."
            );
    }

    private static long? OfSystem()
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        const string path = "/proc/meminfo";
        var line = File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal))
            : null;
        return line is null ? limit : Math.Min(limit, Kibibytes(line) * 1024);
    }

    private static long Kibibytes(string line) =>
        long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
