using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models.NeoX;

/// <summary>
/// One block: <c>x + attn(ln1 x) + mlp(ln2 x)</c>, or where the residual is not parallel <c>y = x + attn(ln1 x)</c>,
/// <c>y + mlp(ln2 y)</c>.
/// </summary>
public sealed class NeoXBlock : DecoderBlock
{
    private readonly bool isParallel;

    internal NeoXBlock(string name, PartialRotary rotary, DecoderBuilder build)
    {
        isParallel = build.Model.ParallelResidual;
        InputNorm = build.LayerNorm($"{name}.input_layernorm");
        MlpNorm = build.LayerNorm($"{name}.post_attention_layernorm");
        Attention = new NeoXAttention($"{name}.attention", rotary, build);
        Mlp = new NeoXMlp($"{name}.mlp", build);
    }

    /// <summary>The norm before attention.</summary>
    public LayerNorm InputNorm { get; }

    /// <summary>The norm before the feed-forward layer, whose published name is post_attention_layernorm in either kind of block.</summary>
    public LayerNorm MlpNorm { get; }

    /// <summary>The attention layer.</summary>
    public NeoXAttention Attention { get; }

    /// <summary>The feed-forward layer.</summary>
    public NeoXMlp Mlp { get; }

    /// <summary>The block's four linears, in the published order.</summary>
    public override IEnumerable<DecoderLinear> Linears =>
        [Attention.QueryKeyValue.Linear, Attention.Output.Linear, Mlp.Up.Linear, Mlp.Down.Linear];

    /// <inheritdoc/>
    public override string AttentionName => Attention.Name;

    /// <inheritdoc/>
    public override IEnumerable<HeadWeights> Heads() => Attention.Heads();

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x_BTW, bool training) =>
        Join(x_BTW, Attention.Forward(InputNorm.Forward(x_BTW), training), training);

    internal override Tensor Forward(Tensor x_BTW, KeyValueCache cache, int layer) =>
        Join(x_BTW, Attention.Forward(InputNorm.Forward(x_BTW), cache, layer), training: false);

    private Tensor Join(Tensor x_BTW, Tensor attention_BTW, bool training)
    {
        var attended_BTW = x_BTW.Plus(attention_BTW);
        return attended_BTW.Plus(Mlp.Forward(MlpNorm.Forward(isParallel ? x_BTW : attended_BTW), training));
    }
}
