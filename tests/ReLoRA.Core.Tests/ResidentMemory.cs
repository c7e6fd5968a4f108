using System.Globalization;

namespace ReLoRA.Core.Tests;

/// <summary>The process's own memory, measured so that it can be compared.</summary>
internal static class ResidentMemory
{
    /// <summary>
    /// Resident pages that belong to no file, after a full collection. Pages of mapped files come and go as the system likes, and
    /// what the collector has not taken yet is no growth.
    /// </summary>
    public static long Bytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux())
            return Environment.WorkingSet;
        var line = File.ReadLines("/proc/self/status")
            .First(text => text.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', '\t', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            << 10;
    }
}
