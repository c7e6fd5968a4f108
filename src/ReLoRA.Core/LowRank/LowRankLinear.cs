using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank;

/// <summary><c>y = B A x</c>: no full weight is stored, both factors train.</summary>
public sealed class LowRankLinear : DecoderLinear
{
    internal LowRankLinear(string name, Tensor a, Tensor b, ParameterSet parameters)
        : base(name)
    {
        A = parameters.Add($"{name}.A_lora.weight", a, isTrainable: true);
        B = parameters.Add($"{name}.B_lora.weight", b, isTrainable: true);
    }

    /// <summary>The first factor, (rank, in).</summary>
    public Tensor A { get; }

    /// <summary>The second factor, (out, rank).</summary>
    public Tensor B { get; }

    /// <inheritdoc/>
    public override ScalarType Type => A.dtype;

    /// <inheritdoc/>
    public override Tensor EffectiveWeight()
    {
        using var frozen = no_grad();
        return mm(B.to(float64), A.to(float64));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, bool training) => nn.functional.linear(nn.functional.linear(x, A), B);
}
