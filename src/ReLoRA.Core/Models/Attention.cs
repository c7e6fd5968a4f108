using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

// B: batch, T: positions, H: query heads, K: key/value heads, D: head width, W: model width.
namespace ReLoRA.Core.Models;

/// <summary>Causal grouped-query attention with rotary positions (Ainslie et al. 2023).</summary>
public sealed class Attention
{
    private readonly int heads;
    private readonly int keyValueHeads;
    private readonly int headWidth;
    private readonly RotaryTable rotary;

    internal Attention(string name, ModelConfig model, RotaryTable rotary, LinearBuilder build)
    {
        (heads, keyValueHeads, headWidth) = (model.Heads, model.KeyValueHeads, model.HeadWidth);
        this.rotary = rotary;
        Query = build($"{name}.q_proj", model.Width, model.Width);
        Key = build($"{name}.k_proj", keyValueHeads * headWidth, model.Width);
        Value = build($"{name}.v_proj", keyValueHeads * headWidth, model.Width);
        Output = build($"{name}.o_proj", model.Width, model.Width);
    }

    /// <summary>q_proj, (W, W).</summary>
    public DecoderLinear Query { get; }

    /// <summary>k_proj, (K*D, W).</summary>
    public DecoderLinear Key { get; }

    /// <summary>v_proj, (K*D, W).</summary>
    public DecoderLinear Value { get; }

    /// <summary>o_proj, (W, W).</summary>
    public DecoderLinear Output { get; }

    /// <summary>Mixes positions.</summary>
    /// <param name="x_BTW">(batch, positions, width).</param>
    /// <param name="training">Whether dropout acts.</param>
    public Tensor Forward(Tensor x_BTW, bool training)
    {
        var (batch, length) = (x_BTW.shape[0], x_BTW.shape[1]);
        var q_BTHD = rotary.Rotate(Query.Forward(x_BTW, training).view(batch, length, heads, headWidth));
        var k_BTKD = rotary.Rotate(Key.Forward(x_BTW, training).view(batch, length, keyValueHeads, headWidth));
        var v_BTKD = Value.Forward(x_BTW, training).view(batch, length, keyValueHeads, headWidth);
        var mixed_BHTD = nn.functional.scaled_dot_product_attention(
            q_BTHD.transpose(1, 2),
            ForEachQueryHead(k_BTKD),
            ForEachQueryHead(v_BTKD),
            is_casual: true
        );
        var mixed_BTW = mixed_BHTD.transpose(1, 2).reshape(batch, length, heads * headWidth);
        return Output.Forward(mixed_BTW, training);
    }

    /// <summary>Query head h reads key/value head h / (H/K).</summary>
    private Tensor ForEachQueryHead(Tensor x_BTKD)
    {
        var (batch, length) = (x_BTKD.shape[0], x_BTKD.shape[1]);
        var x_BKTD = x_BTKD.transpose(1, 2);
        if (heads == keyValueHeads)
            return x_BKTD;
        var group = heads / keyValueHeads;
        return x_BKTD
            .unsqueeze(2)
            .expand(batch, keyValueHeads, group, length, headWidth)
            .reshape(batch, heads, length, headWidth);
    }
}
