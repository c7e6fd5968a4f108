using static TorchSharp.torch;

// B: batch, T: positions, S: positions with those before, H: query heads, K: key/value heads, D: head width, W: model width.
namespace ReLoRA.Core.Models.Pico;

/// <summary>Causal grouped-query attention with rotary positions (Ainslie et al. 2023).</summary>
public sealed class Attention
{
    private readonly int heads;
    private readonly int keyValueHeads;
    private readonly int headWidth;
    private readonly RotaryTable rotary;
    private readonly IAttentionObserver? observer;

    internal Attention(string name, RotaryTable rotary, DecoderBuilder build)
    {
        var model = build.Model;
        (heads, keyValueHeads, headWidth) = (model.Heads, model.KeyValueHeads, model.HeadWidth);
        (Name, this.rotary, observer) = (name, rotary, build.Observer);
        Query = build.Linear($"{name}.q_proj", model.Width, model.Width);
        Key = build.Linear($"{name}.k_proj", keyValueHeads * headWidth, model.Width);
        Value = build.Linear($"{name}.v_proj", keyValueHeads * headWidth, model.Width);
        Output = build.Linear($"{name}.o_proj", model.Width, model.Width);
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

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
        observer?.Attended(Name, q_BTHD, k_BTKD);
        return Output.Forward(CausalAttention.Mix(q_BTHD, k_BTKD, v_BTKD), training);
    }

    /// <summary>Mixes new positions with those of a cache, and stores them there.</summary>
    /// <param name="x_BTW">The new positions, (batch, positions, width).</param>
    /// <param name="cache">What came before.</param>
    /// <param name="layer">The block's number.</param>
    internal Tensor Forward(Tensor x_BTW, KeyValueCache cache, int layer)
    {
        var (q_BTHD, k_BTKD, v_BTKD) = Project(x_BTW, training: false, cache.Length);
        var (k_BSKD, v_BSKD) = cache.Append(layer, k_BTKD, v_BTKD);
        return Output.Forward(CausalAttention.Mix(q_BTHD, k_BSKD, v_BSKD), training: false);
    }

    /// <summary>The weights of each head; several read one head of keys and values.</summary>
    internal IEnumerable<HeadWeights> Heads()
    {
        var (q, k, v, o) = (
            Query.EffectiveWeight(),
            Key.EffectiveWeight(),
            Value.EffectiveWeight(),
            Output.EffectiveWeight()
        );
        return Enumerable
            .Range(0, heads)
            .Select(head => (Own: head * headWidth, Shared: head / (heads / keyValueHeads) * headWidth))
            .Select(at => new HeadWeights(
                q.narrow(0, at.Own, headWidth),
                k.narrow(0, at.Shared, headWidth),
                v.narrow(0, at.Shared, headWidth),
                o.narrow(1, at.Own, headWidth)
            ));
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
}
