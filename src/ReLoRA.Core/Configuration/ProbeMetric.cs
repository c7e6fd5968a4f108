namespace ReLoRA.Core.Configuration;

/// <summary>What a probe computes. Formulas, ranges and sources: docs/probes.md.</summary>
public enum ProbeMetric
{
    /// <summary>Proportional effective rank: <c>exp(-sum p ln p) / min(rows, columns)</c> of the singular values' shares p.</summary>
    EffectiveRank,

    /// <summary>The largest singular value over the smallest of the numerical rank.</summary>
    ConditionNumber,

    /// <summary>A figure of the script's own: <see cref="ProbeConfig.Figure"/>.</summary>
    Script,

    /// <summary>Effective rank in directions, not as a share of the shorter side.</summary>
    EffectiveDirections,

    /// <summary><c>sum sigma^2 / sigma_1^2</c>.</summary>
    StableRank,

    /// <summary>Singular values above the tolerance.</summary>
    NumericalRank,

    /// <summary>The largest singular value over the smallest of all, as published, rounding or not.</summary>
    RawConditionNumber,

    /// <summary>All singular values; the number beside them is the largest.</summary>
    SingularValues,

    /// <summary>Frobenius norm.</summary>
    FrobeniusNorm,

    /// <summary>Nuclear norm, <c>sum sigma</c>.</summary>
    NuclearNorm,

    /// <summary>Spectral norm, <c>sigma_1</c>.</summary>
    SpectralNorm,

    /// <summary>The largest absolute value.</summary>
    MaxNorm,

    /// <summary>Gini's coefficient of the absolute values.</summary>
    Gini,

    /// <summary>Hoyer's sparsity.</summary>
    Hoyer,

    /// <summary>The update's norm over that of the weight it was added to.</summary>
    UpdateRatio,

    /// <summary>Overlap of the leading singular subspace with that of the reference: the model before its first step.</summary>
    SubspaceOverlap,

    /// <summary>Angles between the leading singular subspaces; the number beside them is the largest.</summary>
    PrincipalAngles,

    /// <summary>Centred kernel alignment of activations with those of the reference.</summary>
    Cka,

    /// <summary>The same without bias, for few samples.</summary>
    CkaDebiased,

    /// <summary>Singular vector canonical correlation of activations with those of the reference.</summary>
    Svcca,

    /// <summary>Projection-weighted canonical correlation of activations with those of the reference.</summary>
    Pwcca,

    /// <summary>The same with the weights of the published code.</summary>
    PwccaPublished,

    /// <summary>Mean cosine of two different samples.</summary>
    Anisotropy,

    /// <summary>Gradient noise scale, from the gradients of single rows.</summary>
    GradientNoiseScale,

    /// <summary>Entropy of attention in nats, one a head; the number beside them is their mean.</summary>
    AttentionEntropy,

    /// <summary>The same as a share of the most that each position can have.</summary>
    AttentionEntropyShare,

    /// <summary>Saves what is measured to <c>snapshots/</c> in the cell's folder; the figure is its Frobenius norm.</summary>
    Snapshot,
}
