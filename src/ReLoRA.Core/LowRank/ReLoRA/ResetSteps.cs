using ReLoRA.Core.Configuration;
using ReLoRA.Core.Optimization;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>What is done to one linear in a reset, in this order; the second argument is the reset's number.</summary>
/// <param name="Merge">Folds the adapters into the weight.</param>
/// <param name="Restart">Starts the adapters afresh.</param>
/// <param name="ClearState">Clears their optimizer state.</param>
internal sealed record ResetSteps(IMerge Merge, Action<ReLoRALinear, int> Restart, Action<ReLoRALinear, int> ClearState)
{
    /// <summary>The steps of a run's semantics.</summary>
    public static ResetSteps Of(RunConfig config, AdamW optimizer)
    {
        var semantics = config.LowRank.Semantics;
        return new ResetSteps(
            new Merge(semantics.Merge),
            (linear, number) => AdapterRestart.Apply(linear, optimizer, semantics, config.Seed, number),
            (linear, number) => OptimizerStateReset.Apply(linear, optimizer, semantics, config.Seed, number)
        );
    }
}
