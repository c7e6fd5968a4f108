using ReLoRA.Core.Configuration;
using ReLoRA.Core.Optimization;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>What is done to one linear in a reset, in this order.</summary>
/// <param name="Merge">Folds the adapters into the weight.</param>
/// <param name="Restart">Starts the adapters afresh.</param>
/// <param name="ClearState">Clears their optimizer state.</param>
internal sealed record ResetSteps(
    IMerge Merge,
    Action<ReLoRALinear, ResetTurn> Restart,
    Action<ReLoRALinear, ResetTurn> ClearState
)
{
    /// <summary>The steps of a run's semantics.</summary>
    public static ResetSteps Of(RunConfig config, AdamW optimizer)
    {
        var semantics = config.LowRank.Semantics;
        return new ResetSteps(
            new Merge(semantics.Merge),
            (linear, turn) => AdapterRestart.Apply(linear, optimizer, semantics, config.Seed, turn),
            (linear, turn) => OptimizerStateReset.Apply(linear, optimizer, semantics, config.Seed, turn)
        );
    }
}
