namespace ReLoRA.Core.Configuration;

/// <summary>The length of one run, in tokens or steps, and the time it may take. A sweep's ceiling is <c>Sweep.Budget</c>, which is no part of a cell.</summary>
public sealed record BudgetConfig
{
    /// <summary>Tokens the run trains on, rounded down to whole optimizer steps. Default: 1,000,000.</summary>
    [Knob(Unit = "tokens", Minimum = 1)]
    public long Tokens { get; init; } = 1_000_000;

    /// <summary>Optimizer steps of the run, in place of <see cref="Tokens"/>. Default: 0, as many as the tokens make.</summary>
    [Knob(Unit = "steps", Minimum = 0, OmittedAtDefault = true)]
    public long Steps { get; init; }

    /// <summary>
    /// Hours of work, in all sittings, after which the run ends where it is, evaluated and saved like one that took all its steps. The schedule still counts on those,
    /// and where the run ends depends on the machine. Default: 0, no limit.
    /// </summary>
    [Knob(Unit = "hours", Minimum = 0, OmittedAtDefault = true)]
    public double Hours { get; init; }
}
