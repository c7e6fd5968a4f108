using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Planning;

/// <summary>One training run of a plan.</summary>
public sealed record PlannedCell
{
    /// <summary>Its identity: <see cref="CellIdentity"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name within the sweep, seed included.</summary>
    public required string Label { get; init; }

    /// <summary>Its name without the seed.</summary>
    public required string Arm { get; init; }

    /// <summary>The configuration.</summary>
    public required RunConfig Config { get; init; }

    /// <summary>The id of its full-rank partner; empty where it has none or is one.</summary>
    public required string Baseline { get; init; }

    /// <summary>Where its data lies and what it holds.</summary>
    public required CellDatasets Datasets { get; init; }

    /// <summary>The script whose figures its probes compute; null where they compute none.</summary>
    public ScriptSource? Script { get; init; }

    /// <summary>Tokens it trains on.</summary>
    public long Tokens => Config.Steps * Config.TokensPerStep;
}
