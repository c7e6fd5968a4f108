namespace ReLoRA.Core.Training;

/// <summary>Whether a process got on since it was last looked at: it computed, or looked whether to stop.</summary>
/// <param name="stop">Looked at by a run that gets on.</param>
/// <param name="processorTime">Processor time of the process so far.</param>
internal sealed class LifeSigns(StopSignal stop, Func<TimeSpan> processorTime)
{
    /// <summary>The share of one core below which a process computes nothing; a heartbeat itself and an idle runtime take far less.</summary>
    private const double LeastShare = 0.01;

    private TimeSpan used;
    private long looks;

    /// <summary>Looks, to be called every <see cref="Heartbeat.Interval"/>.</summary>
    public bool Look()
    {
        var (now, seen) = (processorTime(), stop.Looks);
        var isAlive = seen != looks || now - used >= Heartbeat.Interval * LeastShare;
        (used, looks) = (now, seen);
        return isAlive;
    }
}
