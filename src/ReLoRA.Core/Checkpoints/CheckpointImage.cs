using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Checkpoints;

/// <summary>All that goes into one checkpoint.</summary>
/// <param name="Config">The run.</param>
/// <param name="Tensors">Weights and optimizer state.</param>
/// <param name="Content">How far the run is.</param>
internal sealed record CheckpointImage(RunConfig Config, CheckpointTensors Tensors, CheckpointContent Content);
