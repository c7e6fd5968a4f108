using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

public sealed class AttentionEntropyTests
{
    /// <summary>Means of entropies in 64 bits.</summary>
    private const double Closed = 1e-12;

    [Fact]
    public void Attention_to_one_key_has_none_and_even_attention_has_the_most_head_by_head()
    {
        using var scope = NewDisposeScope();
        var one = zeros(2, 1, 3, 4, dtype: float64);
        one[.., .., .., 2] = 1;
        var even = ones(2, 1, 3, 4, dtype: float64).Times(0.25);
        var attention = cat([one, even], 1);

        Assert.Equal(0, AttentionEntropy.Of(attention).Values[0], Closed);
        Assert.Equal(Math.Log(4), AttentionEntropy.Of(attention).Values[1], Closed);
        Assert.Equal(
            [0.0, 1.0],
            AttentionEntropy.Share(attention, isCausal: false).Values.Select(value => Math.Round(value, 12))
        );
    }

    [Fact]
    public void Under_a_causal_mask_the_share_is_of_the_keys_that_a_query_sees()
    {
        using var scope = NewDisposeScope();
        var mask = ones(5, 5, dtype: float64).tril();
        var even = (mask / mask.sum(1, keepdim: true)).reshape(1, 1, 5, 5);
        Assert.Equal(1, AttentionEntropy.Share(even, isCausal: true).Values[0], Closed);
        // The last two of five queries, as with a cache of keys.
        Assert.Equal(1, AttentionEntropy.Share(even.narrow(2, 3, 2), isCausal: true).Values[0], Closed);
        Assert.InRange(AttentionEntropy.Share(even, isCausal: false).Values[0], 0.3, 0.9);
    }

    [Fact]
    public void A_softmax_in_16_bits_is_a_distribution_and_logits_are_not()
    {
        using var scope = NewDisposeScope();
        var logits = Matrices.Gaussian(40, 50).reshape(1, 2, 20, 50);
        Assert.Equal("", AttentionEntropy.Of(softmax(logits, -1).to(bfloat16)).Finding);
        Assert.Equal("not a distribution", AttentionEntropy.Of(logits).Finding);
        Assert.Equal("not a distribution", AttentionEntropy.Of(softmax(logits, -1).Times(0.9)).Finding);
    }

    [Fact]
    public void What_has_no_figure_is_named()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("not finite", AttentionEntropy.Of(full([1, 1, 2, 2], LivingScalar.Of(double.NaN))).Finding);
        Assert.Equal("zero matrix", AttentionEntropy.Of(zeros(1, 1, 2, 2)).Finding);
        Assert.Equal("too few samples", AttentionEntropy.Share(ones(1, 1, 1, 1), isCausal: true).Finding);
        Assert.Throws<ArgumentException>(() => AttentionEntropy.Of(ones(2, 2)));
    }
}
