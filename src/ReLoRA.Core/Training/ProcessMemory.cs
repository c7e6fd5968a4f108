using System.Diagnostics;

namespace ReLoRA.Core.Training;

/// <summary>Memory of this process.</summary>
internal static class ProcessMemory
{
    /// <summary>The resident set now, in bytes.</summary>
    public static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    /// <summary>The largest resident set so far, in bytes.</summary>
    public static long PeakBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
