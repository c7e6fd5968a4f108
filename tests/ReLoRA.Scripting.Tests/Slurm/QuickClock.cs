namespace ReLoRA.Scripting.Tests.Slurm;

/// <summary>A clock on which a pause runs what happens meanwhile, and is over.</summary>
internal sealed class QuickClock(Func<int, bool> meanwhile) : TimeProvider
{
    private int pauses;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // A timer that is set for later is a pause that begins; the callback ends it.
        var goesOn = meanwhile(pauses++);
        return base.CreateTimer(callback, state, goesOn ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
    }
}
