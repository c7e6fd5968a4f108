namespace ReLoRA.Core.Configuration;

/// <summary>What a probe computes of each linear.</summary>
public enum ProbeMetric
{
    /// <summary>Proportional effective rank: <c>exp(-sum p ln p) / min(rows, columns)</c> of the singular values' shares p.</summary>
    EffectiveRank,

    /// <summary>The largest singular value over the smallest of the numerical rank.</summary>
    ConditionNumber,

    /// <summary>A figure of the script's own: <see cref="ProbeConfig.Figure"/>.</summary>
    Script,
}
