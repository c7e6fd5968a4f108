using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary><c>y = W x</c> with a trained W.</summary>
public sealed class FullRankLinear : DecoderLinear
{
    internal FullRankLinear(string name, Tensor weight, ParameterSet parameters)
        : base(name) => Weight = parameters.Add($"{name}.weight", weight, isTrainable: true);

    /// <inheritdoc/>
    public override Tensor Weight { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, bool training) => nn.functional.linear(x, Weight);
}
