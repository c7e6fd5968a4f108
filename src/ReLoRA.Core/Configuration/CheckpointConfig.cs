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
}
