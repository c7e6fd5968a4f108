using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;

namespace ReLoRA.Core.Checkpoints;

/// <summary>The tensors of a checkpoint: the live ones, or a <see cref="CopyBuffer"/>'s.</summary>
/// <param name="Weights">Of <c>model.safetensors</c>.</param>
/// <param name="Optimizer">Of <c>optimizer.safetensors</c>.</param>
internal sealed record CheckpointTensors(IReadOnlyList<TensorEntry> Weights, IReadOnlyList<TensorEntry> Optimizer)
{
    public long Bytes => Weights.Concat(Optimizer).Sum(tensor => tensor.Bytes);

    /// <summary>The live tensors. To be written before training goes on, and on its thread.</summary>
    public static CheckpointTensors Of(Decoder model, AdamW optimizer) =>
        new(
            [.. ModelFolder.Weights(model).Select(weight => SafetensorsFile.Entry(weight.Name, weight.Value))],
            [
                .. OptimizerState
                    .Moments(optimizer)
                    .Concat(OptimizerState.Masters(optimizer))
                    .Select(state => SafetensorsFile.Entry(state.Name, state.Value)),
            ]
        );
}
