using System.Text.Json.Serialization;
using ReLoRA.Core.Dynamics.Metrics;

namespace ReLoRA.Core.Configuration;

/// <summary>A figure of the model's inside, logged while it trains. See docs/probes.md.</summary>
public sealed record ProbeConfig
{
    /// <summary>What is computed. Default: <see cref="ProbeMetric.EffectiveRank"/>.</summary>
    public ProbeMetric Metric { get; init; }

    /// <summary>The name of the script's own figure, for <see cref="ProbeMetric.Script"/>; else empty. Default: empty.</summary>
    [Knob(MayBeEmpty = true)]
    public string Figure { get; init; } = "";

    /// <summary>Of what; without effect on a script's figure, which sees all. Default: <see cref="ProbeTarget.Weight"/>.</summary>
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

    /// <summary>Further steps at which is measured. Default: none.</summary>
    [Knob(Unit = "steps", Minimum = 0)]
    public EquatableList<int> At { get; init; } = [];

    /// <summary>Measurements in each tenfold of steps, evenly spread on a logarithmic scale; 0 for none. Default: 0.</summary>
    [Knob(Minimum = 0, Maximum = 1000)]
    public int PerDecade { get; init; }

    /// <summary>Steps after each reset at which is measured, for example 1 for the first update after it. Default: none.</summary>
    [Knob(Unit = "steps", Minimum = 1)]
    public EquatableList<int> AfterResets { get; init; } = [];

    /// <summary>Whether is measured where the learning rate has warmed up again after each reset. Default: false.</summary>
    public bool WhenRewarmed { get; init; }

    /// <summary>Leading singular directions that are compared. Default: 8.</summary>
    [Knob(Minimum = 1)]
    public int Directions { get; init; } = 8;

    /// <summary>Which singular vectors are compared. Default: <see cref="SingularSide.Right"/>, directions of the linear's inputs.</summary>
    public SingularSide Side { get; init; } = SingularSide.Right;

    /// <summary>
    /// Rows of the training data, the first ones, on which gradients, activations and attention are measured, each cut to its first
    /// <see cref="MostPositions"/> positions. Default: 8.
    /// </summary>
    [Knob(Unit = "rows", Minimum = 2, Maximum = 4096)]
    public int Rows { get; init; } = 8;

    /// <summary>A script's figure that takes longer is given up. Default: 60.</summary>
    [Knob(Unit = "seconds", Minimum = 1)]
    public int LimitSeconds { get; init; } = 60;

    /// <summary>Positions of a row on which is measured at most.</summary>
    [JsonIgnore]
    public static int MostPositions => 128;

    /// <summary>The probe's name in the log, for example <c>effective_rank/weight</c>; it is unique in a run.</summary>
    [JsonIgnore]
    public string Name =>
        (Metric == ProbeMetric.Script ? Figure : $"{MetricName}/{TargetName}") + (Layers == "*" ? "" : $"/{Layers}");

    /// <summary>The metric's name in the log.</summary>
    [JsonIgnore]
    public string MetricName => Metric == ProbeMetric.Script ? Figure : SnakeCase.Of(Metric);

    /// <summary>The target's name in the log.</summary>
    [JsonIgnore]
    public string TargetName => Metric == ProbeMetric.Script ? "script" : SnakeCase.Of(Of);
}
