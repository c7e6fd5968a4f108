using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary><c>y = W x</c> with a trained W.</summary>
public sealed class FullRankLinear : DecoderLinear
{
    internal FullRankLinear(string name, Tensor weight, ParameterSet parameters)
        : base(name) => Weight = parameters.Add($"{name}.weight", weight, isTrainable: true);

    /// <summary>The trained weight, (out, in).</summary>
    public Tensor Weight { get; }

    /// <inheritdoc/>
    public override ScalarType Type => Weight.dtype;

    /// <inheritdoc/>
    public override Tensor EffectiveWeight()
    {
        using var frozen = no_grad();
        return Weight.to(float64);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, bool training) => nn.functional.linear(x, Weight);
}
