using System.ComponentModel;
using System.Diagnostics;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// Whether the worker that wrote a status still runs. On this machine the system is asked for its process, whose id another may have by now; a
/// process of another machine can only be told by its heartbeat, since ids there are others' here, and locks of the kernel do not reach over nodes
/// on every file system.
/// </summary>
internal static class WorkerLife
{
    /// <summary>
    /// How old another machine's sign of life may be: it beats every two seconds; the network's file system may show that up to a minute late, and
    /// clocks may differ.
    /// </summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    /// <summary>Whether it runs.</summary>
    public static bool IsAlive(CellStatus status, CellFolder folder, TimeProvider clock) =>
        IsHere(status)
            ? IsProcess(status.ProcessId, LastSign(folder), clock)
            : SinceHeartbeat(folder, clock) is { } age && age < Silence;

    /// <summary>The machine that trains a cell, where that is another; empty otherwise.</summary>
    public static string Elsewhere(CellFolder folder, TimeProvider clock) =>
        WorkerWatch.StatusOf(folder) is { State: "running" } status && !IsHere(status) && IsAlive(status, folder, clock)
            ? status.Host
            : "";

    /// <summary>The time since a cell's last sign of life; null where there never was one.</summary>
    public static TimeSpan? SinceHeartbeat(CellFolder folder, TimeProvider clock) =>
        File.Exists(folder.HeartbeatPath)
            ? clock.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(folder.HeartbeatPath)
            : null;

    /// <summary>Whether a status is of this machine.</summary>
    private static bool IsHere(CellStatus status) =>
        status.Host.Length == 0
        || string.Equals(status.Host, Environment.MachineName, StringComparison.OrdinalIgnoreCase);

    private static DateTime LastSign(CellFolder folder)
    {
        var (beat, told) = (
            File.GetLastWriteTimeUtc(folder.HeartbeatPath),
            File.GetLastWriteTimeUtc(folder.StatusPath)
        );
        return beat > told ? beat : told;
    }

    /// <summary>A process that began after the last sign of life did not give it: the system gives ids anew, after a restart the same ones soon.</summary>
    private static bool IsProcess(int process, DateTime lastSign, TimeProvider clock)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited
                && (
                    clock.GetUtcNow().UtcDateTime - lastSign < Silence || found.StartTime.ToUniversalTime() <= lastSign
                );
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // There is none, it ended meanwhile, or it is another user's, whom one may not ask.
            return false;
        }
    }
}
