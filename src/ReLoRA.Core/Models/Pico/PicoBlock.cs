using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models.Pico;

/// <summary>One block: attention and SwiGLU, each behind a norm and beside the residual stream.</summary>
public sealed class PicoBlock : DecoderBlock
{
    internal PicoBlock(string name, RotaryTable rotary, DecoderBuilder build)
    {
        Attention = new Attention($"{name}.attention", rotary, build);
        SwiGLU = new SwiGLU($"{name}.swiglu", build);
        AttentionNorm = build.RMSNorm($"{name}.attention_norm");
        SwiGLUNorm = build.RMSNorm($"{name}.swiglu_norm");
    }

    /// <summary>The attention layer.</summary>
    public Attention Attention { get; }

    /// <summary>The feed-forward layer.</summary>
    public SwiGLU SwiGLU { get; }

    /// <summary>The norm before attention.</summary>
    public RMSNorm AttentionNorm { get; }

    /// <summary>The norm before the feed-forward layer.</summary>
    public RMSNorm SwiGLUNorm { get; }

    /// <summary>The block's seven linears, in the published order.</summary>
    public override IEnumerable<DecoderLinear> Linears =>
        [Attention.Query, Attention.Key, Attention.Value, Attention.Output, SwiGLU.Gate, SwiGLU.Up, SwiGLU.Down];

    /// <inheritdoc/>
    public override string AttentionName => Attention.Name;

    /// <inheritdoc/>
    public override IEnumerable<HeadWeights> Heads() => Attention.Heads();

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x_BTW, bool training)
    {
        var attended_BTW = x_BTW.Plus(Attention.Forward(AttentionNorm.Forward(x_BTW), training));
        return attended_BTW.Plus(SwiGLU.Forward(SwiGLUNorm.Forward(attended_BTW), training));
    }

    internal override Tensor Forward(Tensor x_BTW, KeyValueCache cache, int layer)
    {
        var attended_BTW = x_BTW.Plus(Attention.Forward(AttentionNorm.Forward(x_BTW), cache, layer));
        return attended_BTW.Plus(SwiGLU.Forward(SwiGLUNorm.Forward(attended_BTW), training: false));
    }
}
