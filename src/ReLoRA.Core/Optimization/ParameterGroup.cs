using static TorchSharp.torch;

namespace ReLoRA.Core.Optimization;

/// <summary>Weights that are updated with the same decay, and what belongs to them, in the same order.</summary>
/// <param name="Weights">What is updated: the weights, or the optimizer's copies of them.</param>
/// <param name="Gradients">Their gradients.</param>
/// <param name="First">Running means of the gradients.</param>
/// <param name="Second">Running means of their squares.</param>
/// <param name="Steps">Counters of updates.</param>
/// <param name="Decay">The decay.</param>
internal sealed record ParameterGroup(
    Tensor[] Weights,
    Tensor[] Gradients,
    Tensor[] First,
    Tensor[] Second,
    Tensor[] Steps,
    double Decay
);
