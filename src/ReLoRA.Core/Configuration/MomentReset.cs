namespace ReLoRA.Core.Configuration;

/// <summary>What a reset does to the adapters' AdamW moments.</summary>
public enum MomentReset
{
    /// <summary>Both moments become zero.</summary>
    Zero,

    /// <summary>Each entry of each moment becomes zero with probability <see cref="ResetSemantics.PruneRatio"/>, independently.</summary>
    RandomPrune,

    /// <summary>
    /// Of each moment only the entries above the <see cref="ResetSemantics.PruneRatio"/> quantile of its magnitudes stay (Lialin et
    /// al. 2023).
    /// </summary>
    MagnitudePrune,

    /// <summary>Both moments stay as they are.</summary>
    None,
}
