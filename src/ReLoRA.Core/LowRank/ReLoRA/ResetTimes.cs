using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>After which updates a reset falls.</summary>
public static class ResetTimes
{
    /// <summary>
    /// Whether a reset follows update <paramref name="step"/>: every <see cref="LowRankConfig.ResetEvery"/> steps, shifted by
    /// <see cref="ResetSemantics.Offset"/> and counted from the end of a warm start, past the warm-up, and never after the last update, which nothing would follow.
    /// </summary>
    /// <param name="config">The run.</param>
    /// <param name="step">Completed updates.</param>
    public static bool IsDue(RunConfig config, long step)
    {
        var lowRank = config.LowRank;
        var local = step - lowRank.WarmStartSteps;
        return lowRank.Method.Resets()
            && step < config.Steps
            && local >= lowRank.ResetEvery
            && step >= config.Schedule.WarmupSteps + lowRank.Semantics.Offset
            && local % lowRank.ResetEvery == lowRank.Semantics.Offset;
    }

    /// <summary>How many resets fall at or before a step.</summary>
    /// <param name="config">The run.</param>
    /// <param name="step">Completed updates.</param>
    public static int CountThrough(RunConfig config, long step)
    {
        if (!config.LowRank.Method.Resets())
            return 0;
        var (every, offset) = (config.LowRank.ResetEvery, config.LowRank.Semantics.Offset);
        var count = 0;
        for (long candidate = config.LowRank.WarmStartSteps + every + offset; candidate <= step; candidate += every)
            count += IsDue(config, candidate) ? 1 : 0;
        return count;
    }
}
