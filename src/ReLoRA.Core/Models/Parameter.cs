using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>A named weight of a model.</summary>
/// <param name="Name">The published name, for example <c>layers.3.attention.q_proj.weight</c>.</param>
/// <param name="Value">The weight. The model owns it.</param>
/// <param name="IsTrainable">Whether gradients are taken for it.</param>
public sealed record Parameter(string Name, Tensor Value, bool IsTrainable);
