using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Dynamics.Published;

namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>What is to be measured of checkpoints. Names are those of logs.</summary>
public sealed record FolderProbeOptions
{
    /// <summary>The metrics. Default: effective rank and condition number.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = ["effective_rank", "condition_number"];

    /// <summary>Of what; null for each metric's own default: the weight, where the metric is one of weights. Default: null.</summary>
    public string? Of { get; init; }

    /// <summary>See <see cref="ProbeConfig.Layers"/>. Default: all.</summary>
    public string Layers { get; init; } = "*";

    /// <summary>The checkpoint that others are compared with, and that updates are counted from. Default: none.</summary>
    public string? Reference { get; init; }

    /// <summary>Which learning dynamics to read in place of weights; null for weights. Default: null.</summary>
    public DynamicsSplit? Published { get; init; }

    /// <summary>The token dataset whose first rows pass through the models. Default: none.</summary>
    public string? Data { get; init; }

    /// <summary>See <see cref="ProbeConfig.Rows"/>. Default: 8.</summary>
    public int Rows { get; init; } = 8;

    /// <summary>See <see cref="ProbeConfig.Directions"/>. Default: 8.</summary>
    public int Directions { get; init; } = 8;

    /// <summary>See <see cref="ProbeConfig.Side"/>. Default: right.</summary>
    public SingularSide Side { get; init; } = SingularSide.Right;
}
