namespace ReLoRA.Core.Configuration;

/// <summary>Where the beginning of another cell's run lies, which is this cell's beginning too, so that it need not be trained again.</summary>
public sealed record PrefixSource
{
    /// <summary>The cell that trained it.</summary>
    public required string Cell { get; init; }

    /// <summary>Absolute path of the folder of its checkpoints.</summary>
    public required string Checkpoints { get; init; }

    /// <summary>The step to begin at.</summary>
    public required long Step { get; init; }

    /// <summary>Absolute path of its log.</summary>
    public required string Log { get; init; }

    /// <summary>
    /// Whether the adapters are left as they were drawn: a full-rank warm start has not touched them, and they may be of another rank than
    /// the other cell's.
    /// </summary>
    public bool KeepsAdapters { get; init; }
}
