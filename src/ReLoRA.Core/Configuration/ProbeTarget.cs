namespace ReLoRA.Core.Configuration;

/// <summary>Of which matrix of a linear a probe computes its figure.</summary>
public enum ProbeTarget
{
    /// <summary>The effective weight: <c>W</c>, with adapters <c>W + (alpha/rank) B A</c>.</summary>
    Weight,

    /// <summary>The effective weight minus the initial weight.</summary>
    CumulativeUpdate,
}
