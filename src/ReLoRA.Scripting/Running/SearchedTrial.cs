namespace ReLoRA.Scripting.Running;

/// <summary>One trial of a search, for readers.</summary>
public sealed record SearchedTrial
{
    /// <summary>Its number from 1, in the order in which trials were drawn.</summary>
    public required int Number { get; init; }

    /// <summary>The knobs that it chose, by name.</summary>
    public required IReadOnlyDictionary<string, string> Knobs { get; init; }

    /// <summary>The ids of its cells, one a seed.</summary>
    public required IReadOnlyList<string> Cells { get; init; }

    /// <summary><c>finished</c>, <c>paused</c>, <c>failed</c> (diverged as well) or <c>open</c>.</summary>
    public required string State { get; init; }

    /// <summary>The step at which it was compared last; 0 where it was not yet.</summary>
    public required long Step { get; init; }

    /// <summary>Its figure at that step; NaN where it has none.</summary>
    public required double Figure { get; init; }

    /// <summary>Tokens given to it up to that step, with all its seeds.</summary>
    public required long Tokens { get; init; }

    /// <summary>Why it counts as the worst; empty otherwise.</summary>
    public string Message { get; init; } = "";
}
