using static TorchSharp.torch;

// B: batch, T: new positions, S: positions with those before, H: query heads, K: key/value heads, D: head width, W: model width.
namespace ReLoRA.Core.Models;

/// <summary><c>softmax(q k' / sqrt(D)) v</c> over what is at or before each position, for equal or grouped heads.</summary>
internal static class CausalAttention
{
    /// <summary>Mixes values. Queries are the last of the positions that keys and values are of.</summary>
    /// <param name="q_BTHD">(batch, new positions, query heads, head width).</param>
    /// <param name="k_BSKD">(batch, all positions, key/value heads, head width).</param>
    /// <param name="v_BSKD">As the keys.</param>
    /// <returns>(batch, new positions, query heads * head width).</returns>
    public static Tensor Mix(Tensor q_BTHD, Tensor k_BSKD, Tensor v_BSKD)
    {
        var (batch, length, heads) = (q_BTHD.shape[0], q_BTHD.shape[1], q_BTHD.shape[2]);
        var start = k_BSKD.shape[1] - length;
        // A single position sees all; several see what is at or before their own place.
        var isChunk = start > 0 && length > 1;
        var mask_TS = isChunk ? ones(length, start + length, dtype: @bool, device: q_BTHD.device).tril(start) : null;
        var mixed_BHTD = nn.functional.scaled_dot_product_attention(
            q_BTHD.transpose(1, 2),
            ForEachQueryHead(k_BSKD, heads),
            ForEachQueryHead(v_BSKD, heads),
            attn_mask: mask_TS,
            is_casual: start == 0 && length > 1
        );
        return mixed_BHTD.transpose(1, 2).reshape(batch, length, heads * q_BTHD.shape[3]);
    }

    /// <summary>Query head h reads key/value head h / (H/K).</summary>
    private static Tensor ForEachQueryHead(Tensor x_BSKD, long heads)
    {
        var (batch, length, keyValueHeads, width) = (
            x_BSKD.shape[0],
            x_BSKD.shape[1],
            x_BSKD.shape[2],
            x_BSKD.shape[3]
        );
        var x_BKSD = x_BSKD.transpose(1, 2);
        return heads == keyValueHeads
            ? x_BKSD
            : x_BKSD
                .unsqueeze(2)
                .expand(batch, keyValueHeads, heads / keyValueHeads, length, width)
                .reshape(batch, heads, length, width);
    }
}
