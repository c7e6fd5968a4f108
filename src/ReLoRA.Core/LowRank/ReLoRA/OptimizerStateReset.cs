using ReLoRA.Core.Configuration;
using ReLoRA.Core.Native;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>Clears the adapters' AdamW moments and, if asked for, their step counter.</summary>
public static class OptimizerStateReset
{
    /// <summary>Applies the rule to both moments of both factors of one linear.</summary>
    /// <param name="linear">The linear whose adapters were restarted.</param>
    /// <param name="optimizer">Holds the moments.</param>
    /// <param name="semantics">What becomes of moments and counter.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="turn">The reset's number, the old rank and the new one.</param>
    internal static void Apply(
        ReLoRALinear linear,
        AdamW optimizer,
        ResetSemantics semantics,
        long seed,
        ResetTurn turn
    )
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (factor, parameter, dimension) in linear.TrainedFactors)
        {
            var state = optimizer.MomentsOf(parameter);
            if (semantics.Counter == AdamCounter.Reset)
                state.Step.zero_();
            Clear(state.First, dimension, $"{linear.Name}.{factor}.first");
            Clear(state.Second, dimension, $"{linear.Name}.{factor}.second");
        }

        void Clear(Tensor moment, int dimension, string name)
        {
            switch (semantics.Moments)
            {
                case MomentReset.Zero:
                    moment.zero_();
                    break;
                case MomentReset.RandomPrune:
                    Prune(moment, semantics.PruneRatio, seed, turn.Number, name);
                    break;
                case MomentReset.MagnitudePrune:
                    MagnitudePruning.Apply(moment.narrow(dimension, 0, turn.OldRank), semantics.PruneRatio);
                    break;
                default:
                    break;
            }
            // What is left of a rank that was given up would move zeros.
            if (turn.NewRank < turn.OldRank)
                moment.narrow(dimension, turn.NewRank, turn.OldRank - turn.NewRank).zero_();
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
