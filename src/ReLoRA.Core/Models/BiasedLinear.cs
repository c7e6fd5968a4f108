using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>
/// A linear and a bias beside it. The bias is the architecture's and always trains; only <see cref="Linear"/> is what a
/// low-rank method replaces, merges and measures.
/// </summary>
/// <param name="Linear">The map, (out, in).</param>
/// <param name="Bias">The bias, (out).</param>
public sealed record BiasedLinear(DecoderLinear Linear, Tensor Bias)
{
    /// <summary>Applies map and bias.</summary>
    /// <param name="x">(..., in).</param>
    /// <param name="training">Whether dropout acts.</param>
    /// <returns>(..., out).</returns>
    public Tensor Forward(Tensor x, bool training) => Linear.Forward(x, training).Plus(Bias);
}
