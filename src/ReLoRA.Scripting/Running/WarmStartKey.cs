using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Optimization;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// What a full-rank warm start is known by: all that decides weights and log before the adapters begin. Model, data and their order, seed,
/// optimizer, precision, evaluation, the linears that will have adapters and the learning rates of those steps count; rank, alpha, scale,
/// dropout, method, resets, and length and schedule of the rest do not, since an adapter whose B is zero adds nothing.
/// </summary>
internal static class WarmStartKey
{
    private const int Length = 12;

    /// <summary>The step at which cells of one key can part: the last before the adapters begin. 0 where a cell has no warm start to share.</summary>
    public static long Step(RunConfig config) =>
        config.LowRank.Method.HasAdapters()
        && config.LowRank.WarmStartSteps > 1
        // What is measured of a linear may be its adapter's; and where hours end a run, its machine is part of it.
        && config.Probes.Count == 0
        && config.Budget.Hours == 0
            ? config.LowRank.WarmStartSteps - 1
            : 0;

    /// <summary>The key.</summary>
    /// <param name="cell">A cell with a warm start.</param>
    /// <param name="execution">How it is executed; null for a key by which cells of one plan are counted.</param>
    public static string Of(PlannedCell cell, ExecutionSettings? execution = null)
    {
        var (config, data) = (cell.Config, cell.Datasets);
        var lowRank = config.LowRank;
        var beginning = config with
        {
            LowRank = new LowRankConfig
            {
                Method = LowRankMethod.ReLoRA,
                WarmStartSteps = lowRank.WarmStartSteps,
                Targets = lowRank.Targets,
                Ranks = new RankConfig { ByLayer = lowRank.Ranks.ByLayer },
            },
            Schedule = new ScheduleConfig(),
            Budget = new BudgetConfig(),
            Checkpoint = new CheckpointConfig { Every = config.Checkpoint.Every },
        };
        var text = string.Join(
            '\n',
            ConfigJson.Write(beginning),
            Rates(config),
            $"{CellIdentity.SemanticsVersion} {data.Hashes.Train} {data.Hashes.Evaluation} {data.Start?.Hash} {data.Pairs} {data.Tasks}",
            execution is null
                ? ""
                : FormattableString.Invariant(
                    $"{execution.Threads} {execution.Device} {execution.MicroBatch} {execution.Recompute}{(execution.Ranks > 1 ? FormattableString.Invariant($" {execution.Ranks}") : "")}"
                )
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Length];
    }

    private static string Rates(RunConfig config)
    {
        var schedule = new LearningRateSchedule(config);
        var text = new StringBuilder();
        for (var index = 0L; index < Step(config); index++)
            text.Append(CultureInfo.InvariantCulture, $"{schedule.Multiplier(index):R} ");
        return text.ToString();
    }
}
