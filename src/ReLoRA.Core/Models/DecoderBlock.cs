using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>One block of a decoder, of any architecture: it mixes positions, and then works on each of them.</summary>
public abstract class DecoderBlock
{
    private protected DecoderBlock() { }

    /// <summary>The block's linears, in the published order: where a low-rank method acts.</summary>
    public abstract IEnumerable<DecoderLinear> Linears { get; }

    /// <summary>The name of its attention layer, for example <c>layers.3.attention</c>.</summary>
    public abstract string AttentionName { get; }

    /// <summary>The weights of each attention head.</summary>
    public abstract IEnumerable<HeadWeights> Heads();

    /// <summary>Applies the block.</summary>
    /// <param name="x_BTW">The residual stream, (batch, positions, width).</param>
    /// <param name="training">Whether dropout acts.</param>
    /// <returns>The stream after it, of the same shape.</returns>
    public abstract Tensor Forward(Tensor x_BTW, bool training);

    /// <summary>Applies the block to positions that follow those of a cache.</summary>
    /// <param name="x_BTW">The new positions, (batch, positions, width).</param>
    /// <param name="cache">What came before.</param>
    /// <param name="layer">The block's number.</param>
    internal abstract Tensor Forward(Tensor x_BTW, KeyValueCache cache, int layer);
}
