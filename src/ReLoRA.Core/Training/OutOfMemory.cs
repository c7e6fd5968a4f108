using System.Globalization;
using System.Text.RegularExpressions;

namespace ReLoRA.Core.Training;

/// <summary>Recognizes libtorch's failure to get memory, which comes as a message like any other of its errors.</summary>
internal static partial class OutOfMemory
{
    /// <summary>What was asked for in vain, for example <c>5.3 GiB</c>; null where a fault is another.</summary>
    public static string? Asked(Exception fault)
    {
        if (fault is OutOfMemoryException)
            return "memory";
        if (OfCpu().Match(fault.Message) is { Success: true } cpu)
            return MemoryText.Of(long.Parse(cpu.Groups[1].Value, CultureInfo.InvariantCulture));
        return OfGpu().Match(fault.Message) is { Success: true } gpu ? gpu.Groups[1].Value : null;
    }

    [GeneratedRegex(@"DefaultCPUAllocator: can't allocate memory: you tried to allocate (\d+) bytes")]
    private static partial Regex OfCpu();

    [GeneratedRegex(@"CUDA out of memory\. Tried to allocate ([\d.]+ [KMGT]iB)")]
    private static partial Regex OfGpu();
}
