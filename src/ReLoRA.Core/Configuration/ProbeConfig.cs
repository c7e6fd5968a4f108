namespace ReLoRA.Core.Configuration;

/// <summary>A figure of the model's linears, logged while it trains. See docs/probes.md.</summary>
public sealed record ProbeConfig
{
    /// <summary>What is computed. Default: <see cref="ProbeMetric.EffectiveRank"/>.</summary>
    public ProbeMetric Metric { get; init; }

    /// <summary>The name of the script's own figure, for <see cref="ProbeMetric.Script"/>; else empty. Default: empty.</summary>
    [Knob(MayBeEmpty = true)]
    public string Figure { get; init; } = "";

    /// <summary>Of which matrix; without effect on a script's figure, which sees both. Default: <see cref="ProbeTarget.Weight"/>.</summary>
    public ProbeTarget Of { get; init; }

    /// <summary>Steps between measurements; 0 measures at the start and the end only. Default: 0.</summary>
    [Knob(Unit = "steps", Minimum = 0)]
    public int Every { get; init; }

    /// <summary>Whether each reset is measured too, on both its sides. Default: true.</summary>
    public bool AroundResets { get; init; } = true;

    /// <summary>
    /// The linears measured, by their published names; <c>*</c> stands for any text, for example <c>*.attention.*</c>.
    /// Default: <c>*</c>, all.
    /// </summary>
    [Knob(MayBeEmpty = true)]
    public string Layers { get; init; } = "*";

    /// <summary>The probe's name in the log, for example <c>effective_rank/weight</c>; it is unique in a run.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name =>
        (Metric == ProbeMetric.Script ? Figure : $"{MetricName}/{TargetName}") + (Layers == "*" ? "" : $"/{Layers}");

    /// <summary>The metric's name in the log.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string MetricName =>
        Metric switch
        {
            ProbeMetric.EffectiveRank => "effective_rank",
            ProbeMetric.ConditionNumber => "condition_number",
            _ => Figure,
        };

    /// <summary>The matrix's name in the log.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string TargetName =>
        Metric == ProbeMetric.Script ? "script"
        : Of == ProbeTarget.Weight ? "weight"
        : "cumulative_update";
}
