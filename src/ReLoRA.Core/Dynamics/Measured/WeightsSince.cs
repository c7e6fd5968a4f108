using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Measured;

/// <summary>The weights that updates of a checkpoint are counted from.</summary>
/// <param name="Of">A linear's effective weight. The caller's scope owns it.</param>
/// <param name="Stored">The type in which it was stored.</param>
internal sealed record WeightsSince(Func<string, Tensor> Of, Func<string, ScalarType> Stored);
