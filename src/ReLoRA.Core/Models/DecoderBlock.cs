using ReLoRA.Core.Configuration;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>One block: attention and SwiGLU, each behind a norm and beside the residual stream.</summary>
public sealed class DecoderBlock
{
    private readonly RMSNorm attentionNorm;
    private readonly RMSNorm swigluNorm;

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
        attentionNorm = Norm($"{name}.attention_norm");
        swigluNorm = Norm($"{name}.swiglu_norm");

        RMSNorm Norm(string norm) =>
            new(norm, weights.Norm($"{norm}.weight", model.Width), model.NormEpsilon, parameters);
    }

    /// <summary>The attention layer.</summary>
    public Attention Attention { get; }

    /// <summary>The feed-forward layer.</summary>
    public SwiGLU SwiGLU { get; }

    /// <summary>The block's seven linears, in the published order.</summary>
    public IEnumerable<DecoderLinear> Linears =>
        [Attention.Query, Attention.Key, Attention.Value, Attention.Output, SwiGLU.Gate, SwiGLU.Up, SwiGLU.Down];

    /// <summary>Applies the block.</summary>
    /// <param name="x_BTW">(batch, positions, width).</param>
    /// <param name="training">Whether dropout acts.</param>
    public Tensor Forward(Tensor x_BTW, bool training)
    {
        var attended_BTW = x_BTW.Plus(Attention.Forward(attentionNorm.Forward(x_BTW), training));
        return attended_BTW.Plus(SwiGLU.Forward(swigluNorm.Forward(attended_BTW), training));
    }
}
