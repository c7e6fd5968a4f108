namespace ReLoRA.Core.Configuration;

/// <summary>The length of one run. A sweep's ceiling is <c>Sweep.Budget</c>, which is no part of a cell.</summary>
public sealed record BudgetConfig
{
    /// <summary>Tokens the run trains on, rounded down to whole optimizer steps. Default: 1,000,000.</summary>
    [Knob(Unit = "tokens", Minimum = 1)]
    public long Tokens { get; init; } = 1_000_000;
}
