using ReLoRA.Core.Configuration;
using ReLoRA.Core.Native;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>Clears the adapters' AdamW moments. The step counter is kept, as in every published implementation.</summary>
public static class OptimizerStateReset
{
    /// <summary>Applies the rule to both moments of both factors of one linear.</summary>
    /// <param name="linear">The linear whose adapters were restarted.</param>
    /// <param name="optimizer">Holds the moments.</param>
    /// <param name="semantics">Zero, or random pruning and its ratio.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="resetNumber">The number of the reset.</param>
    public static void Apply(ReLoRALinear linear, AdamW optimizer, ResetSemantics semantics, long seed, int resetNumber)
    {
        using var frozen = no_grad();
        foreach (var parameter in new[] { linear.A, linear.B })
        {
            var moments = optimizer.MomentsOf(parameter);
            if (semantics.Moments == MomentReset.Zero)
            {
                moments.First.zero_();
                moments.Second.zero_();
                continue;
            }
            var factor = ReferenceEquals(parameter, linear.A) ? "A" : "B";
            Prune(moments.First, semantics.PruneRatio, seed, resetNumber, $"{linear.Name}.{factor}.first");
            Prune(moments.Second, semantics.PruneRatio, seed, resetNumber, $"{linear.Name}.{factor}.second");
        }
    }

    private static void Prune(Tensor moment, double ratio, long seed, int resetNumber, string name)
    {
        using var scope = NewDisposeScope();
        using var generator = RandomStreams.Generator(seed, "prune", resetNumber, name);
        var kept = empty(moment.shape, dtype: float32).uniform_(0, 1, generator).gt(LivingScalar.Of(ratio));
        moment.mul_(kept.to(moment.device));
    }
}
