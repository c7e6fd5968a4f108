using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>One of a block's linear maps: full rank, or with what a low-rank method puts in its place.</summary>
public abstract class DecoderLinear
{
    /// <summary>Names the linear.</summary>
    /// <param name="name">The published module name, for example <c>layers.0.attention.q_proj</c>.</param>
    protected DecoderLinear(string name) => Name = name;

    /// <summary>The published module name.</summary>
    public string Name { get; }

    /// <summary>The number type of its weights.</summary>
    public abstract ScalarType Type { get; }

    /// <summary>
    /// The one matrix that does what the linear does without dropout, (out, in), in 64 bits and without a gradient. The caller's
    /// scope owns it; it may be the stored weight itself.
    /// </summary>
    public abstract Tensor EffectiveWeight();

    /// <summary>Applies the map.</summary>
    /// <param name="x">(..., in).</param>
    /// <param name="training">Whether dropout acts.</param>
    /// <returns>(..., out).</returns>
    public abstract Tensor Forward(Tensor x, bool training);
}
