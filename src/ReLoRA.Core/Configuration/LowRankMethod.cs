namespace ReLoRA.Core.Configuration;

/// <summary>How the linears of the blocks are trained.</summary>
public enum LowRankMethod
{
    /// <summary>Every weight trains: the baseline.</summary>
    FullRank,

    /// <summary>
    /// Frozen weights with low-rank adapters that are merged and restarted (Lialin et al. 2023, "ReLoRA: High-Rank Training
    /// Through Low-Rank Updates").
    /// </summary>
    ReLoRA,
}
