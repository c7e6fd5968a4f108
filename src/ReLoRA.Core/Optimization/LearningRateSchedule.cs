using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Optimization;

/// <summary>The learning rate's multiplier as a pure function of the index of the update, 0 for the first.</summary>
public sealed class LearningRateSchedule
{
    private readonly ScheduleConfig schedule;
    private readonly long horizon;
    private readonly long restartEvery;

    /// <summary>Creates the schedule of a run.</summary>
    /// <param name="config">The run: its schedule, its length and, for the jagged cosine, its reset period.</param>
    public LearningRateSchedule(RunConfig config)
        : this(
            config.Schedule,
            config.Schedule.HorizonSteps == 0 ? config.Steps : config.Schedule.HorizonSteps,
            config.LowRank.ResetEvery
        ) { }

    /// <summary>Creates a schedule.</summary>
    /// <param name="schedule">The curve.</param>
    /// <param name="horizon">The index at which it ends.</param>
    /// <param name="restartEvery">The jagged cosine's period.</param>
    public LearningRateSchedule(ScheduleConfig schedule, long horizon, long restartEvery) =>
        (this.schedule, this.horizon, this.restartEvery) = (schedule, horizon, restartEvery);

    /// <summary>The multiplier in force for an update.</summary>
    /// <param name="index">Updates completed before it.</param>
    public double Multiplier(long index)
    {
        var warmup = schedule.WarmupSteps;
        if (index < warmup)
            return (double)index / warmup;
        return schedule.Kind switch
        {
            ScheduleKind.Linear => Math.Max(0, (double)(horizon - index) / Math.Max(1, horizon - warmup)),
            ScheduleKind.Cosine => Cosine(index),
            _ => Jagged(index),
        };
    }

    private double Jagged(long index)
    {
        var within = index % restartEvery;
        if (index < restartEvery || within >= schedule.RestartWarmupSteps)
            return Cosine(index);
        // The re-warm-up climbs to where the cosine will be at its end.
        var top = Cosine(index - within + schedule.RestartWarmupSteps);
        return (double)within / schedule.RestartWarmupSteps * top;
    }

    private double Cosine(long index)
    {
        var progress = (double)(index - schedule.WarmupSteps) / Math.Max(1, horizon - schedule.WarmupSteps);
        var cosine = 0.5 * (1 + Math.Cos(Math.PI * progress));
        return schedule.MinimumRatio + (1 - schedule.MinimumRatio) * cosine;
    }
}
