using System.Collections.Concurrent;

namespace ReLoRA.Data.Tests.Hub;

/// <summary>A clock on which pauses pass a thousand times as fast, and which keeps how long they were to be.</summary>
internal sealed class QuickClock : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Pauses { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pauses.Enqueue(dueTime);
        return base.CreateTimer(
            callback,
            state,
            dueTime == Timeout.InfiniteTimeSpan ? dueTime : dueTime / 1000,
            period
        );
    }
}
