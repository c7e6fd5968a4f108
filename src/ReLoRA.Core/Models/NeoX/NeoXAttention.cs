using static TorchSharp.torch;

// B: batch, T: positions, S: positions with those before, H: heads, D: head width, W: model width.
namespace ReLoRA.Core.Models.NeoX;

/// <summary>Causal attention whose queries, keys and values come from one linear, with partly rotary positions.</summary>
public sealed class NeoXAttention
{
    private readonly int heads;
    private readonly int headWidth;
    private readonly PartialRotary rotary;
    private readonly IAttentionObserver? observer;

    internal NeoXAttention(string name, PartialRotary rotary, DecoderBuilder build)
    {
        var width = build.Model.Width;
        (Name, observer) = (name, build.Observer);
        (heads, headWidth, this.rotary) = (build.Model.Heads, build.Model.HeadWidth, rotary);
        QueryKeyValue = build.BiasedLinear($"{name}.query_key_value", 3L * width, width);
        Output = build.BiasedLinear($"{name}.dense", width, width);
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>query_key_value, (3*W, W): each head's query, key and value rows lie side by side, (H, 3, D).</summary>
    public BiasedLinear QueryKeyValue { get; }

    /// <summary>dense, (W, W).</summary>
    public BiasedLinear Output { get; }

    /// <summary>Mixes positions.</summary>
    /// <param name="x_BTW">(batch, positions, width).</param>
    /// <param name="training">Whether dropout acts.</param>
    public Tensor Forward(Tensor x_BTW, bool training)
    {
        var (q_BTHD, k_BTHD, v_BTHD) = Project(x_BTW, training, start: 0);
        observer?.Attended(Name, q_BTHD, k_BTHD);
        return Output.Forward(CausalAttention.Mix(q_BTHD, k_BTHD, v_BTHD), training);
    }

    /// <summary>Mixes new positions with those of a cache, and stores them there.</summary>
    /// <param name="x_BTW">The new positions, (batch, positions, width).</param>
    /// <param name="cache">What came before.</param>
    /// <param name="layer">The block's number.</param>
    internal Tensor Forward(Tensor x_BTW, KeyValueCache cache, int layer)
    {
        var (q_BTHD, k_BTHD, v_BTHD) = Project(x_BTW, training: false, cache.Length);
        var (k_BSHD, v_BSHD) = cache.Append(layer, k_BTHD, v_BTHD);
        return Output.Forward(CausalAttention.Mix(q_BTHD, k_BSHD, v_BSHD), training: false);
    }

    /// <summary>The weights of each head.</summary>
    internal IEnumerable<HeadWeights> Heads()
    {
        var (fused, output) = (QueryKeyValue.Linear.EffectiveWeight(), Output.Linear.EffectiveWeight());
        return Enumerable
            .Range(0, heads)
            .Select(head => new HeadWeights(
                Part(head, 0),
                Part(head, 1),
                Part(head, 2),
                output.narrow(1, head * headWidth, headWidth)
            ));

        Tensor Part(int head, int number) => fused.narrow(0, ((3 * head) + number) * headWidth, headWidth);
    }

    private (Tensor Query_BTHD, Tensor Key_BTHD, Tensor Value_BTHD) Project(Tensor x_BTW, bool training, int start)
    {
        var fused = QueryKeyValue.Forward(x_BTW, training).view(x_BTW.shape[0], x_BTW.shape[1], heads, 3 * headWidth);
        return (rotary.Rotate(Part(0), start), rotary.Rotate(Part(1), start), Part(2));

        Tensor Part(int number) => fused.narrow(3, number * headWidth, headWidth);
    }
}
