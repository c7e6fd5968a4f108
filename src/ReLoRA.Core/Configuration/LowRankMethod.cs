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

    /// <summary>Frozen weights with low-rank adapters that are never merged (Hu et al. 2021).</summary>
    LoRA,

    /// <summary>No full weight at all: <c>W = B A</c>, both trained.</summary>
    LowRank,

    /// <summary>
    /// ReLoRA with A drawn at each restart and frozen in between, so that only B trains: the random-subspace method of arXiv
    /// 2502.07222 without its proximal term.
    /// </summary>
    FrozenA,
}
