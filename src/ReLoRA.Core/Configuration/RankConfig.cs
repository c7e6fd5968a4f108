namespace ReLoRA.Core.Configuration;

/// <summary>
/// Ranks that differ between linears (hybrid) or between cycles (scheduled, adaptive). Without any of them every adapter has
/// <see cref="LowRankConfig.Rank"/>. The scale stays <c>alpha / LowRank.Rank</c> whatever a linear's own rank is, so that a change of
/// rank is no change of scale: docs/ranks.md.
/// </summary>
public sealed record RankConfig
{
    /// <summary>
    /// Linears with a rank of their own, the first that matches; rank 0 leaves a linear at full rank. Such a rank is no subject of
    /// <see cref="ByCycle"/>. Default: none.
    /// </summary>
    public EquatableList<LayerRank> ByLayer { get; init; } = [];

    /// <summary>
    /// The ranks of the cycles, first to last; the last one stays. For methods with resets that start adapters afresh.
    /// Default: empty, <see cref="LowRankConfig.Rank"/> in each cycle.
    /// </summary>
    [Knob(Minimum = 1, Maximum = 65_536)]
    public EquatableList<int> ByCycle { get; init; } = [];

    /// <summary>
    /// Adaptive rank: a reset gives each linear the smallest rank whose singular values hold this share of the squared singular values
    /// of the update that it just merged. A linear that needed its whole rank gets twice that. 0: off. Default: 0.
    /// </summary>
    [Knob(Minimum = 0, Maximum = 1, ExclusiveMaximum = true)]
    public double Explained { get; init; }

    /// <summary>The smallest rank that <see cref="Explained"/> gives. Default: 1.</summary>
    [Knob(Minimum = 1, Maximum = 65_536)]
    public int Minimum { get; init; } = 1;

    /// <summary>The largest rank that <see cref="Explained"/> gives; 0 is the rank that the linear began with, so that it only shrinks. Default: 0.</summary>
    [Knob(Minimum = 0, Maximum = 65_536)]
    public int Maximum { get; init; }

    /// <summary>Whether a reset may give a linear another rank.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Changes => ByCycle.Count > 0 || Explained > 0;
}
