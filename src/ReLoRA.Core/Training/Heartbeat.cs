using ReLoRA.Core.Distributed;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Training;

/// <summary>
/// Renews a file's time of change for as long as a worker gets on: while it computes, however long one step takes, and while it waits for rows
/// and looks whether to stop. A worker that is stopped, or whose threads wait for one another, lets it stand still.
/// </summary>
public sealed class Heartbeat : IDisposable
{
    /// <summary>Between two beats.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly string path;
    private readonly LifeSigns signs;
    private readonly TimeProvider clock;
    private readonly StopSignal stop;
    private readonly CellFence? fence;
    private readonly Lock gate = new();
    private readonly ITimer timer;

    /// <summary>Begins to beat.</summary>
    /// <param name="path">The file, made where it is missing.</param>
    /// <param name="stop">Looked at by a run that gets on.</param>
    /// <param name="clock">For the beats.</param>
    /// <param name="fence">Where it tells that the worker was replaced, the run is stopped and the beats are its successor's. Default: null, nothing does.</param>
    public Heartbeat(string path, StopSignal stop, TimeProvider clock, CellFence? fence = null)
        : this(path, stop, clock, () => Environment.CpuUsage.TotalTime, fence) { }

    internal Heartbeat(
        string path,
        StopSignal stop,
        TimeProvider clock,
        Func<TimeSpan> processorTime,
        CellFence? fence = null
    )
    {
        (this.path, this.stop, this.clock, this.fence) = (path, stop, clock, fence);
        signs = new LifeSigns(stop, processorTime);
        RankBeat.Forget(path, size: 0);
        File.WriteAllBytes(path, []);
        timer = clock.CreateTimer(_ => Beat(), null, Interval, Interval);
    }

    /// <summary>Renews the file, if the process got on since the last beat.</summary>
    internal void Beat()
    {
        lock (gate)
        {
            if (signs.Look() && IsMine(fence, stop))
                Renew(path, clock);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    /// <summary>Whether the beats are still this process's; where not, its run is stopped.</summary>
    internal static bool IsMine(CellFence? fence, StopSignal stop)
    {
        try
        {
            if (fence?.IsMine != false)
                return true;
            stop.Request();
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RunFileException)
        {
            // Whether it is to end is told by the next write, which meets the same fault where it lasts.
            return false;
        }
    }

    internal static void Renew(string path, TimeProvider clock)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A beat is worth no run: at worst the worker is taken for hung and begins again at its checkpoint.
        }
    }
}
