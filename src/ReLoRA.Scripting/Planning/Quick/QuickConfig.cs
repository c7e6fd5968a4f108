using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Planning.Quick;

/// <summary>
/// A configuration made small, to see in seconds whether it runs: twenty steps, whose schedule, resets and probes keep their places in the
/// run, a model of Nano's size, and next to no evaluation. A change that the rules between knobs forbid is left out.
/// </summary>
internal static class QuickConfig
{
    /// <summary>Steps of a cell.</summary>
    public const int Steps = 20;

    private const int Rows = 2;
    private const int Layers = 2;

    private static readonly ModelConfig Small = Presets.Nano.Model;

    public static RunConfig Of(RunConfig config)
    {
        Func<RunConfig, RunConfig>[] changes = [Unwatched, Shorter, Shallower, Narrower];
        foreach (var change in changes)
        {
            var changed = change(config);
            if (ConfigValidator.Validate(changed).Count == 0)
                config = changed;
        }
        return config;
    }

    private static RunConfig Unwatched(RunConfig config) =>
        config with
        {
            Evaluation = config.Evaluation with
            {
                Every = 0,
                MaxRows = Rows,
                // Twelve hundred pairs take longer than the steps.
                Pairs = "",
                Tasks = [.. config.Evaluation.Tasks.Select(task => task with { Samples = Rows })],
            },
            Checkpoint = config.Checkpoint with { Every = 0, KeepEvery = 0 },
        };

    private static RunConfig Shorter(RunConfig config)
    {
        var steps = config.Steps;
        var batch = Math.Min(config.Data.BatchSize, Math.Max(Rows, config.Optimizer.GradientPartitions));
        if (steps <= Steps)
            return config with { Data = config.Data with { BatchSize = batch } };
        var (schedule, lowRank) = (config.Schedule, config.LowRank);
        return config with
        {
            Data = config.Data with { BatchSize = batch },
            Budget = config.Budget with
            {
                Steps = config.Budget.Steps > 0 ? Steps : 0,
                Tokens = (long)Steps * batch * config.Data.SequenceLength,
            },
            Schedule = schedule with
            {
                WarmupSteps = Scaled(schedule.WarmupSteps),
                RestartWarmupSteps = Scaled(schedule.RestartWarmupSteps),
                HorizonSteps = schedule.HorizonSteps == 0 ? 0 : schedule.HorizonSteps * Steps / steps,
                DecaySteps = Scaled((int)Math.Min(schedule.DecaySteps, int.MaxValue)),
            },
            LowRank = lowRank with
            {
                ResetEvery = Scaled(lowRank.ResetEvery),
                WarmStartSteps = Scaled(lowRank.WarmStartSteps),
                Semantics = lowRank.Semantics with
                {
                    // Below the period, which may have become a single step.
                    Offset = Math.Min(Scaled(lowRank.Semantics.Offset), Scaled(lowRank.ResetEvery) - 1),
                },
            },
            Probes =
            [
                .. config.Probes.Select(probe =>
                    probe with
                    {
                        Every = Scaled(probe.Every),
                        At = [.. probe.At.Select(Scaled).Distinct()],
                    }
                ),
            ],
        };

        int Scaled(int number) => number <= 0 ? number : (int)Math.Max(1, (long)number * Steps / steps);
    }

    private static RunConfig Shallower(RunConfig config) =>
        config.InitFrom.Length > 0
            ? config
            : config with
            {
                Model = config.Model with { Layers = Math.Min(config.Model.Layers, Layers) },
            };

    private static RunConfig Narrower(RunConfig config)
    {
        if (config.InitFrom.Length > 0 || config.Model.Width <= Small.Width)
            return config;
        // Keys and values are the smallest matrices' smaller dimension.
        var most = Small.Width / Small.Heads * Small.KeyValueHeads;
        return config with
        {
            Model = config.Model with
            {
                Width = Small.Width,
                Heads = Small.Heads,
                KeyValueHeads = Small.KeyValueHeads,
                HiddenWidth = Math.Min(config.Model.HiddenWidth, Small.HiddenWidth),
            },
            LowRank = config.LowRank with { Rank = Math.Min(config.LowRank.Rank, most) },
        };
    }
}
