using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;

namespace ReLoRA.Core.Dynamics;

/// <summary>At which moments a probe measures. A pure function of the configuration, so that a resumed run measures as a straight one.</summary>
public static class ProbeTimes
{
    /// <summary>The moments of a completed step, as the log names them; those beside a reset excepted.</summary>
    /// <param name="config">The run.</param>
    /// <param name="probe">The probe.</param>
    /// <param name="step">Completed updates.</param>
    /// <param name="isLast">Whether no step follows, where a budget of hours ended the run.</param>
    public static IEnumerable<string> After(RunConfig config, ProbeConfig probe, long step, bool isLast = false)
    {
        if (isLast || IsScheduled(config, probe, step))
            yield return ProbeMoments.Step;
        foreach (var distance in probe.AfterResets.Distinct())
            if (IsReset(config, step - distance))
                yield return ProbeMoments.After(distance);
        if (probe.WhenRewarmed && IsRewarmed(config, step))
            yield return ProbeMoments.Rewarmed;
    }

    private static bool IsScheduled(RunConfig config, ProbeConfig probe, long step) =>
        step == 0
        || step == config.Steps
        || (probe.Every > 0 && step % probe.Every == 0)
        || probe.At.Any(at => at == step)
        || (probe.PerDecade > 0 && IsOnLogScale(step, probe.PerDecade));

    /// <summary>Whether a point <c>10^(k / perDecade)</c> rounds to the step.</summary>
    private static bool IsOnLogScale(long step, int perDecade)
    {
        if (step < 1)
            return false;
        var nearest = Math.Round(Math.Log10(step) * perDecade);
        // The point next to the step on the scale is one of three, whatever the logarithm's rounding.
        return Enumerable.Range(-1, 3).Any(shift => Math.Round(Math.Pow(10, (nearest + shift) / perDecade)) == step);
    }

    private static bool IsReset(RunConfig config, long step) => step > 0 && ResetTimes.IsDue(config, step);

    /// <summary>The rate of the update after this step is the first that has no part of the warm-up left.</summary>
    private static bool IsRewarmed(RunConfig config, long step) =>
        config.Schedule.Kind == ScheduleKind.JaggedCosine
        && IsReset(config, step - config.Schedule.RestartWarmupSteps + config.LowRank.Semantics.Offset);
}
