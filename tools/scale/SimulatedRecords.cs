using ReLoRA.Core.Accounting;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scale;

/// <summary>Records as training writes them, but for their figures.</summary>
internal static class SimulatedRecords
{
    public static RunRecord Run(PlannedCell cell)
    {
        var (config, size) = (cell.Config, RunSize.Of(cell.Config));
        return new()
        {
            Cell = cell.Id,
            Config = ConfigJson.Write(config),
            Method = $"{config.LowRank.Method}",
            Semantics = config.LowRank.Method == LowRankMethod.ReLoRA ? $"{config.LowRank.Semantics}" : "",
            SemanticsVersion = CellIdentity.SemanticsVersion,
            Seed = FormattableString.Invariant($"{config.Seed}"),
            Parameters = size.Parameters,
            TrainableParameters = size.Trained,
            Steps = config.Steps,
            TokensPerStep = config.TokensPerStep,
            TrainData = cell.Datasets.Hashes.Train,
            EvaluationData = cell.Datasets.Hashes.Evaluation,
            Threads = 1,
            Device = "cpu",
            MicroBatch = 1,
            Measured = new Dictionary<string, object>
            {
                ["started"] = "2026-11-28T12:00:00.0000000+00:00",
                ["machine"] = "simulated",
            },
        };
    }

    public static StepRecord Step(long step, long tokens, double loss) =>
        new()
        {
            Step = step,
            Tokens = tokens,
            Loss = loss,
            LearningRate = 1e-3 / (1 + (1e-4 * step)),
            GradientNorm = 1 + (0.1 * loss),
            Measured = new Dictionary<string, object> { ["seconds"] = 0.25, ["tokens_per_second"] = 6144.0 },
        };

    public static EvalRecord Evaluation(long step, long tokens, double loss) =>
        new()
        {
            Step = step,
            Tokens = tokens,
            Name = "perplexity",
            Loss = loss,
            Perplexity = Math.Exp(loss),
            MacroLoss = loss,
            MacroPerplexity = Math.Exp(loss),
            Domains = [],
        };

    public static EndRecord End(long step, long tokens, double loss) =>
        new()
        {
            Step = step,
            Tokens = tokens,
            Outcome = "finished",
            Loss = loss,
            Measured = new Dictionary<string, object>
            {
                ["seconds"] = 0.3 * step,
                ["training_seconds"] = 0.28 * step,
                ["probing_seconds"] = 0.01 * step,
                ["peak_memory_bytes"] = 500_000_000L,
            },
        };
}
