using ReLoRA.Core.Models;

namespace ReLoRA.Core.Configuration;

/// <summary>
/// Gives configurations that train the same weights the same form: knobs without effect go back to their defaults, and
/// values with two spellings take one. Its output is what <see cref="CellIdentity"/> hashes, never what trains.
/// </summary>
public static class ConfigNormalizer
{
    private static readonly RunConfig Defaults = new();

    /// <summary>What nothing reads where there is no reset.</summary>
    private static readonly string[] OfResets =
    [
        "LowRank.Semantics.Merge",
        "LowRank.Semantics.Restart",
        "LowRank.Semantics.Moments",
        "LowRank.Semantics.PruneRatio",
        "LowRank.Semantics.Counter",
        "LowRank.Semantics.Offset",
        "LowRank.Ranks.ByCycle",
        "LowRank.Ranks.Explained",
        "LowRank.Ranks.Minimum",
        "LowRank.Ranks.Maximum",
    ];

    /// <summary>The normal form. Applying it twice changes nothing more.</summary>
    /// <param name="config">A configuration that <see cref="ConfigValidator"/> accepts.</param>
    public static RunConfig Normalize(RunConfig config)
    {
        foreach (var path in Ineffective(config))
            config = KnobTree.With(config, path, KnobTree.Get(Defaults, path));
        return OneSpelling(config);
    }

    /// <summary>
    /// The paths of knobs that, given the other knobs, change nothing about the weights. Only what cannot have an effect is
    /// named: a knob named in error would mix cells up, one left out costs no more than a run.
    /// </summary>
    /// <param name="config">A configuration that <see cref="ConfigValidator"/> accepts.</param>
    public static IReadOnlyList<string> Ineffective(RunConfig config) =>
        [
            .. Architectures.Of(config.Model).UnusedKnobs.Select(knob => $"Model.{knob}"),
            .. OfLowRank(config),
            .. OfData(config.Data),
            .. OfSchedule(config.Schedule),
            .. OfStability(config.Stability),
        ];

    private static IEnumerable<string> OfLowRank(RunConfig config)
    {
        var lowRank = config.LowRank;
        if (lowRank.Method.HasAdapters())
            return OfAdapters(config);
        string[] kept =
            lowRank.Method == LowRankMethod.FullRank
                ? []
                : ["LowRank.Rank", "LowRank.Ranks.ByLayer", "LowRank.Targets"];
        return KnobTree
            .Leaves(lowRank, "LowRank")
            .Select(leaf => leaf.Key)
            .Where(path => path != "LowRank.Method" && !kept.Contains(path))
            .Where(path => !ShapesSchedule(path, config.Schedule.Kind));
    }

    private static bool ShapesSchedule(string path, ScheduleKind kind) =>
        path switch
        {
            "LowRank.ResetEvery" => kind is ScheduleKind.JaggedCosine or ScheduleKind.CyclicalCosine,
            "LowRank.WarmStartSteps" => kind == ScheduleKind.JaggedCosine,
            _ => false,
        };

    private static IEnumerable<string> OfAdapters(RunConfig config)
    {
        var lowRank = config.LowRank;
        if (lowRank.Scaling == AdapterScaling.TrainableTanh)
            yield return "LowRank.Alpha";
        if (lowRank.Ranks.Explained == 0)
        {
            yield return "LowRank.Ranks.Minimum";
            yield return "LowRank.Ranks.Maximum";
        }
        if (!lowRank.Method.Resets())
        {
            if (!ShapesSchedule("LowRank.ResetEvery", config.Schedule.Kind))
                yield return "LowRank.ResetEvery";
            foreach (var point in OfResets)
                yield return point;
        }
        else if (lowRank.Semantics.Moments is MomentReset.Zero or MomentReset.None)
            yield return "LowRank.Semantics.PruneRatio";
    }

    private static IEnumerable<string> OfData(DataConfig data)
    {
        if (data.Order != DataOrder.Windowed)
            yield return "Data.WindowRows";
        // A run that is let through reads no pass to its end, or carries over in any case.
        if (data.EpochEnd == EpochEnd.Once || data.Mix.Count > 0)
            yield return "Data.EpochEnd";
    }

    private static IEnumerable<string> OfSchedule(ScheduleConfig schedule)
    {
        if (schedule.Kind != ScheduleKind.JaggedCosine)
            yield return "Schedule.RestartWarmupSteps";
        if (schedule.Kind is ScheduleKind.Linear or ScheduleKind.Constant)
            yield return "Schedule.MinimumRatio";
        if (schedule.Kind == ScheduleKind.Constant)
            yield return "Schedule.HorizonSteps";
        if (schedule.Kind != ScheduleKind.WarmupStableDecay)
            yield return "Schedule.DecaySteps";
    }

    private static IEnumerable<string> OfStability(StabilityConfig stability)
    {
        if (stability.OnDivergence != DivergencePolicy.Continue)
            yield break;
        yield return "Stability.SpikeDeviations";
        yield return "Stability.RecoverySteps";
    }

    private static RunConfig OneSpelling(RunConfig config)
    {
        var targets = Architectures
            .Of(config.Model)
            .Targets(config.LowRank)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var horizon = config.Schedule.HorizonSteps;
        return config with
        {
            LowRank = config.LowRank with { Targets = [.. targets] },
            Schedule = config.Schedule with { HorizonSteps = horizon == config.Steps ? 0 : horizon },
            Optimizer = config.Optimizer with
            {
                NoDecay = [.. config.Optimizer.NoDecay.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            },
            Budget = config.Budget with
            {
                Steps = 0,
                Tokens = config.Steps > 0 ? config.Steps * config.TokensPerStep : config.Budget.Tokens,
            },
        };
    }
}
