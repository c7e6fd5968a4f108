using ReLoRA.Core.Training;

namespace ReLoRA.Core.Checkpoints;

/// <summary>What a checkpoint holds beside weights and optimizer state: <c>state.json</c>.</summary>
public sealed record CheckpointContent
{
    /// <summary>The cell's id. A checkpoint of another cell is refused.</summary>
    public required string Cell { get; init; }

    /// <summary>How far the run was.</summary>
    public required TrainingState State { get; init; }

    /// <summary>Length of the log at that moment, to which a resume cuts it.</summary>
    public required long LogOffset { get; init; }
}
