namespace ReLoRA.Core.Configuration;

/// <summary>How often a run is saved. A stop by signal saves as well.</summary>
public sealed record CheckpointConfig
{
    /// <summary>Steps between checkpoints; 0 saves at the end only. Default: 100.</summary>
    [Knob(Unit = "steps", Minimum = 0, AltersWeights = false)]
    public int Every { get; init; } = 100;

    /// <summary>Checkpoints kept, newest first. Default: 2.</summary>
    [Knob(Unit = "checkpoints", Minimum = 1, AltersWeights = false)]
    public int Keep { get; init; } = 2;

    /// <summary>
    /// Checkpoints whose step is a multiple of this stay for good, besides the newest <see cref="Keep"/>; 0 keeps none beyond those.
    /// Default: 0.
    /// </summary>
    [Knob(Unit = "steps", Minimum = 0, AltersWeights = false, OmittedAtDefault = true)]
    public int KeepEvery { get; init; }

    /// <summary>
    /// Whether training goes on while a checkpoint is written, from a copy of weights and optimizer state: three times the trained
    /// weights in memory. Default: true.
    /// </summary>
    [Knob(AltersWeights = false, OmittedAtDefault = true)]
    public bool InBackground { get; init; } = true;
}
