using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>
/// What a reset's semantics promise of it: docs/reset-semantics.md. Only those that keep the function promise that; every other promise
/// is made by all of them.
/// </summary>
public static class ResetPromises
{
    /// <summary>The promises that a reset broke, each with what was measured and what was allowed; empty for a sound one.</summary>
    /// <param name="outcome">The reset.</param>
    /// <param name="config">The run.</param>
    public static IReadOnlyList<string> Broken(ResetOutcome outcome, RunConfig config)
    {
        var semantics = config.LowRank.Semantics;
        var broken = new List<string>();
        if (semantics.PreservesFunction && ResetBounds.Verdict(outcome, config.Precision) == ResetBounds.Changed)
            broken.Add(Function(outcome, config.Precision));
        if (WorstMerge(outcome, config.Precision) is { } worst)
            broken.Add(worst);
        var stale = outcome.Layers.Where(layer => layer.NormB is not (null or 0)).ToList();
        if (stale.Count > 0)
            broken.Add(
                FormattableString.Invariant(
                    $"left B in {Names(stale)} as it was, of norm {outcome.NormB:G3} where zero was promised"
                )
            );
        if (semantics.Moments == MomentReset.Zero && outcome.StateCleared < 1)
            broken.Add(
                FormattableString.Invariant(
                    $"left {1 - outcome.StateCleared:G3} of the adapters' optimizer state in {Names(outcome.Layers.Where(layer => layer.StateCleared < 1))}, where none was promised"
                )
            );
        if (IdleCycle(outcome, config) is { Count: > 0 } idle)
            broken.Add($"had nothing to merge in {Names(idle)}: the adapters were dead in the cycle before it");
        if (config.LowRank.KeepWeights && outcome.DeadAdapters.Count > 0)
            broken.Add($"left dead adapters in {Names(outcome.DeadAdapters)}: no gradient reaches them");
        return broken;
    }

    /// <summary>
    /// Linears whose adapters learned nothing although they were to be live. A cycle of one update may have had a learning rate of
    /// zero, where weights begin at zero nothing is live, and a sequence of one token has no use for queries and keys.
    /// </summary>
    private static List<string> IdleCycle(ResetOutcome outcome, RunConfig config) =>
        config
            is {
                LowRank: { KeepWeights: true, ResetEvery: > 1, Semantics.FirstCycle: AdapterStart.Kaiming },
                Data.SequenceLength: > 1,
            }
            ? [.. outcome.Layers.Where(layer => layer.UpdateNorm == 0).Select(layer => layer.Name)]
            : [];

    /// <summary>A merge that does not add what its own rule says; where the rule keeps the function the verdict has judged it.</summary>
    private static string? WorstMerge(ResetOutcome outcome, Precision precision)
    {
        var worst = outcome.Layers.MaxBy(layer => layer.RuleError ?? 0);
        return worst?.RuleError > ResetBounds.Merge(precision)
            ? FormattableString.Invariant(
                $"merged something else than its rule says in {worst.Name}: off by {worst.RuleError:G3} of the weight (allowed {ResetBounds.Merge(precision):G3})"
            )
            : null;
    }

    private static string Function(ResetOutcome outcome, Precision precision) =>
        FormattableString.Invariant(
            $"changed the model's function: jump {outcome.Jump:G3} (allowed {ResetBounds.Jump(outcome):G3}), lost {Lost(outcome)}, merge error {outcome.MergeError:G3} (allowed {ResetBounds.Merge(precision):G3}), the largest in {Worst(outcome, precision)}"
        );

    private static string Lost(ResetOutcome outcome) =>
        ResetBounds.LostIsTestable(outcome)
            ? FormattableString.Invariant($"{outcome.Lost:G3} (allowed {ResetBounds.Lost:G3})")
            : "not testable: the adapters' contribution is too near the noise";

    /// <summary>The linear whose merge was worst, and how many more were past the bound.</summary>
    private static string Worst(ResetOutcome outcome, Precision precision)
    {
        // A figure that is not a number is worse than any.
        var layers = outcome
            .Layers.OrderByDescending(layer =>
                double.IsNaN(layer.MergeError) ? double.PositiveInfinity : layer.MergeError
            )
            .ToList();
        var others = layers.Skip(1).Count(layer => !(layer.MergeError <= ResetBounds.Merge(precision)));
        return others == 0 ? layers[0].Name : $"{layers[0].Name}, and too large in {others} more";
    }

    private static string Names(IEnumerable<ResetLayer> layers) => Names([.. layers.Select(layer => layer.Name)]);

    private static string Names(IReadOnlyList<string> linears) =>
        linears.Count == 1 ? linears[0] : $"{linears[0]} and {linears.Count - 1} more";
}
