namespace ReLoRA.Data.Hub;

/// <summary>A file that is held while something is fetched. The system lets go of it when the process ends, however it does.</summary>
internal static class HubLock
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until it is free and holds it until it is disposed.</summary>
    /// <param name="path">The lock's file.</param>
    /// <param name="clock">The clock that waits.</param>
    /// <param name="waiting">Told 1 when it has to wait, and -1 when it no longer does.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="DataException">The file cannot be written.</exception>
    public static async Task<IDisposable> HoldAsync(
        string path,
        TimeProvider clock,
        Action<int> waiting,
        CancellationToken stop
    )
    {
        if (TryHold(path) is { } free)
            return free;
        waiting(1);
        try
        {
            while (true)
            {
                await Task.Delay(Interval, clock, stop);
                if (TryHold(path) is { } held)
                    return held;
            }
        }
        finally
        {
            waiting(-1);
        }
    }

    private static FileStream? TryHold(string path) =>
        DataFiles.Guard(path, "lock of the cache", () => HeldFile.TryHold(path));
}
