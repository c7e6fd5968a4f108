using ReLoRA.Core.Configuration;
using ReLoRA.Core.Optimization;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>Starts adapters afresh after a merge, for good or for one backward pass.</summary>
public static class AdapterRestart
{
    /// <summary>Draws A and clears B. If the old ones are carried over, the optimizer puts them back before its next update.</summary>
    /// <param name="linear">The merged linear.</param>
    /// <param name="optimizer">Keeps what is carried over.</param>
    /// <param name="semantics">The rule.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="turn">The reset's number and the new rank.</param>
    internal static void Apply(
        ReLoRALinear linear,
        AdamW optimizer,
        ResetSemantics semantics,
        long seed,
        ResetTurn turn
    )
    {
        if (semantics.Restart == RestartRule.CarriedOver)
        {
            optimizer.KeepMaster(linear.A, linear.A);
            optimizer.KeepMaster(linear.B, linear.B);
            if (linear.TanhScale is { } scale)
                optimizer.KeepMaster(scale, scale);
        }
        AdapterDraw.Restart(linear, seed, turn.Number, turn.NewRank);
        if (semantics.Restart == RestartRule.CarriedOver)
            return;
        optimizer.Adopt(linear.A);
        optimizer.Adopt(linear.B);
    }
}
