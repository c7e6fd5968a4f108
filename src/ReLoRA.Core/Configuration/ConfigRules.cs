using ReLoRA.Core.Models;

namespace ReLoRA.Core.Configuration;

/// <summary>The rules between knobs, checked once every knob is in its own range.</summary>
internal static class ConfigRules
{
    public static IEnumerable<ConfigFault> Check(RunConfig config) =>
        Architectures
            .Of(config.Model)
            .Check(config.Model)
            .Concat(Data(config))
            .Concat(LowRank(config))
            .Concat(Start(config))
            .Concat(Schedule(config))
            .Concat(Checkpoints(config.Checkpoint))
            .Concat(TaskRules.Check(config.Evaluation))
            .Concat(ProbeRules.Check(config));

    private static IEnumerable<ConfigFault> Data(RunConfig config)
    {
        if (config.Data.SequenceLength > config.Model.MaxSequenceLength)
            yield return new ConfigFault(
                "Data.SequenceLength",
                $"{config.Data.SequenceLength}",
                $"at most Model.MaxSequenceLength ({config.Model.MaxSequenceLength})"
            );
        if (config.Data.BatchSize % config.Optimizer.GradientPartitions != 0)
            yield return new ConfigFault(
                "Optimizer.GradientPartitions",
                $"{config.Optimizer.GradientPartitions}",
                $"a divisor of Data.BatchSize ({config.Data.BatchSize})"
            );
        if (config.Data.TrainShare < 0.001 - 1e-9)
            yield return new ConfigFault(
                "Data.Mix",
                $"{config.Data.Mix}",
                "shares that add up to 0.999 at most, since Data.Train has the rest"
            );
        if (config.Steps < 1)
            yield return new ConfigFault(
                "Budget.Tokens",
                $"{config.Budget.Tokens}",
                $"at least one step's tokens (Data.BatchSize * Data.SequenceLength = {config.TokensPerStep}), or a number of Budget.Steps"
            );
    }

    private static IEnumerable<ConfigFault> LowRank(RunConfig config)
    {
        var lowRank = config.LowRank;
        if (lowRank.Method == LowRankMethod.FullRank)
            yield break;
        foreach (var fault in TargetRules.Check(config).Concat(RankRules.Check(config)))
            yield return fault;
        if (lowRank.Method == LowRankMethod.FrozenA && lowRank.Semantics.Restart == RestartRule.CarriedOver)
            yield return new ConfigFault(
                "LowRank.Semantics.Restart",
                $"{lowRank.Semantics.Restart}",
                $"{RestartRule.Reinitialise} with {lowRank.Method}, whose A no optimizer holds a copy of"
            );
        foreach (var fault in WarmStart(config))
            yield return fault;
        if (lowRank.Method.Resets() && lowRank.Semantics.Offset >= lowRank.ResetEvery)
            yield return new ConfigFault(
                "LowRank.Semantics.Offset",
                $"{lowRank.Semantics.Offset}",
                $"below LowRank.ResetEvery ({lowRank.ResetEvery})"
            );
    }

    private static IEnumerable<ConfigFault> Start(RunConfig config)
    {
        if (config.InitFrom.Length == 0 || config.LowRank.Method == LowRankMethod.FullRank)
            yield break;
        if (config.LowRank.Method == LowRankMethod.LowRank)
            yield return new ConfigFault(
                "InitFrom",
                config.InitFrom,
                $"empty with {config.LowRank.Method}, which stores no weight to start from"
            );
        else if (!config.LowRank.KeepWeights)
            yield return new ConfigFault(
                "LowRank.KeepWeights",
                $"{false}",
                $"{true} with InitFrom, whose weights would be cleared"
            );
    }

    private static IEnumerable<ConfigFault> WarmStart(RunConfig config)
    {
        var lowRank = config.LowRank;
        if (lowRank.WarmStartSteps == 0 || !lowRank.Method.HasAdapters())
            yield break;
        if (lowRank.WarmStartSteps >= config.Steps)
            yield return new ConfigFault(
                "LowRank.WarmStartSteps",
                $"{lowRank.WarmStartSteps}",
                $"below the run's steps ({config.Steps})"
            );
        if (!lowRank.KeepWeights)
            yield return new ConfigFault(
                "LowRank.KeepWeights",
                $"{lowRank.KeepWeights}",
                $"{true} with a warm start, which trains these weights"
            );
        if (config.Schedule.WarmupSteps > lowRank.WarmStartSteps)
            yield return new ConfigFault(
                "Schedule.WarmupSteps",
                $"{config.Schedule.WarmupSteps}",
                $"at most LowRank.WarmStartSteps ({lowRank.WarmStartSteps})"
            );
    }

    /// <summary>What is never saved cannot be kept.</summary>
    private static IEnumerable<ConfigFault> Checkpoints(CheckpointConfig checkpoint)
    {
        if (checkpoint.KeepEvery == 0)
            yield break;
        if (checkpoint.Every == 0 || checkpoint.KeepEvery % checkpoint.Every != 0)
            yield return new ConfigFault(
                "Checkpoint.KeepEvery",
                $"{checkpoint.KeepEvery}",
                checkpoint.Every == 0
                    ? "0 where Checkpoint.Every is 0, which saves at the end only"
                    : $"0, or a multiple of Checkpoint.Every ({checkpoint.Every})"
            );
    }

    private static IEnumerable<ConfigFault> Schedule(RunConfig config)
    {
        var schedule = config.Schedule;
        if (schedule.HorizonSteps != 0 && schedule.HorizonSteps < config.Steps)
            yield return new ConfigFault(
                "Schedule.HorizonSteps",
                $"{schedule.HorizonSteps}",
                $"0, or at least the run's steps ({config.Steps})"
            );
        var horizon = schedule.HorizonSteps == 0 ? config.Steps : schedule.HorizonSteps;
        if (schedule.WarmupSteps > horizon)
            yield return new ConfigFault(
                "Schedule.WarmupSteps",
                $"{schedule.WarmupSteps}",
                $"at most the schedule's horizon ({horizon} steps)"
            );
        if (schedule.Kind == ScheduleKind.CyclicalCosine && schedule.WarmupSteps > config.LowRank.ResetEvery)
            yield return new ConfigFault(
                "Schedule.WarmupSteps",
                $"{schedule.WarmupSteps}",
                $"at most LowRank.ResetEvery ({config.LowRank.ResetEvery}) with a cyclical cosine"
            );
        if (
            schedule.Kind == ScheduleKind.WarmupStableDecay
            && schedule.WarmupSteps + schedule.DecayOf(horizon) > horizon
        )
            yield return new ConfigFault(
                "Schedule.DecaySteps",
                $"{schedule.DecayOf(horizon)}",
                $"at most the schedule's horizon ({horizon} steps) less Schedule.WarmupSteps ({schedule.WarmupSteps})"
            );
        if (schedule.Kind != ScheduleKind.JaggedCosine)
            yield break;
        if (config.LowRank.WarmStartSteps == 0 && schedule.WarmupSteps > config.LowRank.ResetEvery)
            yield return new ConfigFault(
                "Schedule.WarmupSteps",
                $"{schedule.WarmupSteps}",
                $"at most LowRank.ResetEvery ({config.LowRank.ResetEvery}) with a jagged cosine"
            );
        if (schedule.RestartWarmupSteps > config.LowRank.ResetEvery)
            yield return new ConfigFault(
                "Schedule.RestartWarmupSteps",
                $"{schedule.RestartWarmupSteps}",
                $"at most LowRank.ResetEvery ({config.LowRank.ResetEvery})"
            );
    }
}
