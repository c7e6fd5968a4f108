using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

// B: batch, T: positions, S: positions with those before, H: query heads, K: key/value heads, D: head width, W: model width.
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
        var (q_BTHD, k_BTKD, v_BTKD) = Project(x_BTW, training, start: 0);
        return Mix(q_BTHD, k_BTKD, v_BTKD, mask_TS: null, isCausal: true, training);
    }

    /// <summary>Mixes new positions with those of a cache, and stores them there.</summary>
    /// <param name="x_BTW">The new positions, (batch, positions, width).</param>
    /// <param name="cache">What came before.</param>
    /// <param name="layer">The block's number.</param>
    internal Tensor Forward(Tensor x_BTW, KeyValueCache cache, int layer)
    {
        var (start, length) = (cache.Length, x_BTW.shape[1]);
        var (q_BTHD, k_BTKD, v_BTKD) = Project(x_BTW, training: false, start);
        var (k_BSKD, v_BSKD) = cache.Append(layer, k_BTKD, v_BTKD);
        // A single position sees all; several see what is at or before their own place.
        var isChunk = start > 0 && length > 1;
        var mask_TS = isChunk ? ones(length, start + length, dtype: @bool, device: x_BTW.device).tril(start) : null;
        return Mix(q_BTHD, k_BSKD, v_BSKD, mask_TS, isCausal: start == 0 && length > 1, training: false);
    }

    /// <summary>Queries, keys and values, the first two turned by their positions.</summary>
    /// <param name="x_BTW">(batch, positions, width).</param>
    /// <param name="training">Whether dropout acts.</param>
    /// <param name="start">The first position.</param>
    internal (Tensor Query_BTHD, Tensor Key_BTKD, Tensor Value_BTKD) Project(Tensor x_BTW, bool training, int start)
    {
        var (batch, length) = (x_BTW.shape[0], x_BTW.shape[1]);
        return (
            rotary.Rotate(Query.Forward(x_BTW, training).view(batch, length, heads, headWidth), start),
            rotary.Rotate(Key.Forward(x_BTW, training).view(batch, length, keyValueHeads, headWidth), start),
            Value.Forward(x_BTW, training).view(batch, length, keyValueHeads, headWidth)
        );
    }

    private Tensor Mix(Tensor q_BTHD, Tensor k_BSKD, Tensor v_BSKD, Tensor? mask_TS, bool isCausal, bool training)
    {
        var (batch, length) = (q_BTHD.shape[0], q_BTHD.shape[1]);
        var mixed_BHTD = nn.functional.scaled_dot_product_attention(
            q_BTHD.transpose(1, 2),
            ForEachQueryHead(k_BSKD),
            ForEachQueryHead(v_BSKD),
            attn_mask: mask_TS,
            is_casual: isCausal
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
