namespace ReLoRA.Core.Configuration;

/// <summary>What becomes of a run whose loss leaps up or is no number. The rule: docs/training-engine.md.</summary>
public sealed record StabilityConfig
{
    /// <summary>What a loss or gradient that is no finite number does. Default: <see cref="NonFinitePolicy.Stop"/>.</summary>
    [Knob(OmittedAtDefault = true)]
    public NonFinitePolicy NonFinite { get; init; } = NonFinitePolicy.Stop;

    /// <summary>What a spike does from which the loss does not come back. Spikes are logged in any case. Default: <see cref="DivergencePolicy.Continue"/>.</summary>
    [Knob(OmittedAtDefault = true)]
    public DivergencePolicy OnDivergence { get; init; } = DivergencePolicy.Continue;

    /// <summary>Standard deviations of the recent loss above its recent mean from which on it is a spike. Default: 6.</summary>
    [Knob(Unit = "standard deviations", Minimum = 1, OmittedAtDefault = true)]
    public double SpikeDeviations { get; init; } = 6;

    /// <summary>Steps in which the loss must have come back; a spike that lasts longer is a divergence. Default: 200.</summary>
    [Knob(Unit = "steps", Minimum = 1, OmittedAtDefault = true)]
    public int RecoverySteps { get; init; } = 200;
}
