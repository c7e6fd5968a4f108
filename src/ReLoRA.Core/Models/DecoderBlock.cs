using ReLoRA.Core.Configuration;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>One block: attention and SwiGLU, each behind a norm and beside the residual stream.</summary>
public sealed class DecoderBlock
{
    internal DecoderBlock(
        string name,
        ModelConfig model,
        RotaryTable rotary,
        LinearBuilder build,
        IWeightSource weights,
        ParameterSet parameters
    )
    {
        Attention = new Attention($"{name}.attention", model, rotary, build);
        SwiGLU = new SwiGLU($"{name}.swiglu", model, build);
        AttentionNorm = Norm($"{name}.attention_norm");
        SwiGLUNorm = Norm($"{name}.swiglu_norm");

        RMSNorm Norm(string norm) =>
            new(norm, weights.Norm($"{norm}.weight", model.Width), model.NormEpsilon, parameters);
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
    public IEnumerable<DecoderLinear> Linears =>
        [Attention.Query, Attention.Key, Attention.Value, Attention.Output, SwiGLU.Gate, SwiGLU.Up, SwiGLU.Down];

    /// <summary>Applies the block.</summary>
    /// <param name="x_BTW">(batch, positions, width).</param>
    /// <param name="training">Whether dropout acts.</param>
    public Tensor Forward(Tensor x_BTW, bool training)
    {
        var attended_BTW = x_BTW.Plus(Attention.Forward(AttentionNorm.Forward(x_BTW), training));
        return attended_BTW.Plus(SwiGLU.Forward(SwiGLUNorm.Forward(attended_BTW), training));
    }

    /// <summary>Applies the block to positions that follow those of a cache.</summary>
    /// <param name="x_BTW">(batch, positions, width).</param>
    /// <param name="cache">What came before.</param>
    /// <param name="layer">The block's number.</param>
    internal Tensor Forward(Tensor x_BTW, KeyValueCache cache, int layer)
    {
        var attended_BTW = x_BTW.Plus(Attention.Forward(AttentionNorm.Forward(x_BTW), cache, layer));
        return attended_BTW.Plus(SwiGLU.Forward(SwiGLUNorm.Forward(attended_BTW), training: false));
    }
}
