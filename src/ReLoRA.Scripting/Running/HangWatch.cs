using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>Tells a worker that is hung from one that takes long: its <see cref="Heartbeat"/> stands still.</summary>
internal sealed class HangWatch(CellFolder folder, TimeSpan? after, TimeProvider clock)
{
    // A machine that slept, or a run that was stopped for a while, has not watched in the meantime.
    private static readonly TimeSpan MostBetweenLooks = TimeSpan.FromSeconds(2);

    private long looked = clock.GetTimestamp();
    private TimeSpan still;
    private DateTime beat;

    /// <summary>Whether there has been no sign of life for too long. To be called several times a second.</summary>
    public bool IsHung()
    {
        var now = clock.GetTimestamp();
        var passed = clock.GetElapsedTime(looked, now);
        looked = now;
        var last = File.GetLastWriteTimeUtc(folder.HeartbeatPath);
        still = last == beat ? still + (passed < MostBetweenLooks ? passed : MostBetweenLooks) : TimeSpan.Zero;
        beat = last;
        return still >= after;
    }
}
