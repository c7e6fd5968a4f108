using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Optimization;

/// <summary>The learning rate's multiplier as a pure function of the index of the update, 0 for the first.</summary>
public sealed class LearningRateSchedule
{
    /// <summary>The published code's multiplier for the first two updates of each cycle after the first.</summary>
    private const double CycleStart = 1e-7;

    private readonly ScheduleConfig schedule;
    private readonly long horizon;
    private readonly long restartEvery;
    private readonly long firstCycle;

    /// <summary>Creates the schedule of a run.</summary>
    /// <param name="config">The run: its schedule, its length and, for the jagged cosine, its reset period.</param>
    public LearningRateSchedule(RunConfig config)
        : this(
            config.Schedule,
            config.Schedule.HorizonSteps == 0 ? config.Steps : config.Schedule.HorizonSteps,
            config.LowRank.ResetEvery,
            config.LowRank.WarmStartSteps
        ) { }

    /// <summary>Creates a schedule.</summary>
    /// <param name="schedule">The curve.</param>
    /// <param name="horizon">The index at which it ends.</param>
    /// <param name="restartEvery">The jagged cosine's period.</param>
    /// <param name="firstCycle">Where its cycles are counted from. Past 0, the first of them has a re-warm-up too.</param>
    public LearningRateSchedule(ScheduleConfig schedule, long horizon, long restartEvery, long firstCycle = 0) =>
        (this.schedule, this.horizon, this.restartEvery, this.firstCycle) = (
            schedule,
            horizon,
            restartEvery,
            firstCycle
        );

    /// <summary>The multiplier in force for an update.</summary>
    /// <param name="index">Updates completed before it.</param>
    public double Multiplier(long index)
    {
        var warmup = schedule.WarmupSteps;
        if (schedule.Kind == ScheduleKind.CyclicalCosine)
            return Cyclical(index);
        if (index < warmup)
            return (double)index / warmup;
        return schedule.Kind switch
        {
            ScheduleKind.Linear => Math.Max(0, (double)(horizon - index) / Math.Max(1, horizon - warmup)),
            ScheduleKind.Cosine => Cosine(index),
            ScheduleKind.WarmupStableDecay => Stable(index),
            ScheduleKind.Constant => 1,
            _ => Jagged(index),
        };
    }

    private double Stable(long index)
    {
        var decay = schedule.DecayOf(horizon);
        var left = Math.Clamp((double)(horizon - index) / decay, 0, 1);
        return schedule.MinimumRatio + (1 - schedule.MinimumRatio) * left;
    }

    private double Cyclical(long index)
    {
        var within = index % restartEvery;
        if (index >= restartEvery && within < 2 && within < schedule.WarmupSteps)
            return CycleStart;
        return within < schedule.WarmupSteps ? (double)within / schedule.WarmupSteps : Cosine(within, restartEvery);
    }

    private double Jagged(long index)
    {
        var within = (index - firstCycle) % restartEvery;
        var firstRestart = firstCycle == 0 ? restartEvery : firstCycle;
        if (index < firstRestart || within >= schedule.RestartWarmupSteps)
            return Cosine(index);
        // The re-warm-up climbs to where the cosine will be at its end.
        var top = Cosine(index - within + schedule.RestartWarmupSteps);
        return (double)within / schedule.RestartWarmupSteps * top;
    }

    private double Cosine(long index) => Cosine(index, horizon);

    private double Cosine(long index, long end)
    {
        var progress = (double)(index - schedule.WarmupSteps) / Math.Max(1, end - schedule.WarmupSteps);
        var cosine = 0.5 * (1 + Math.Cos(Math.PI * progress));
        return schedule.MinimumRatio + (1 - schedule.MinimumRatio) * cosine;
    }
}
