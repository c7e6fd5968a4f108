using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Entropy of attention, <c>-sum_j p_ij ln p_ij</c> of each query's row, as a mean over batch and queries for each head (Zhai et al.
/// 2023). 0 where every query attends to one key; entropy that collapses goes before unstable training.
/// </summary>
public static class AttentionEntropy
{
    /// <summary>Softmax in 32 bits over thousands of keys sums to 1 within 1e-5; in bfloat16 each share is off by 2^-9 of itself.</summary>
    private const double Sum = 1e-2;

    /// <summary>The figures in nats, in 64 bits, one a head: 0 to ln keys; none where the rows are no distributions.</summary>
    /// <param name="attention">Attention after its softmax: batch, heads, queries, keys. Not disposed.</param>
    public static VectorFigure Of(Tensor attention) => Measure(attention, isCausal: false, isShare: false);

    /// <summary>
    /// The figures as a share of the most that each query can have, <c>ln</c> of the keys it sees: 0 to 1. Queries that see one
    /// key only have no share and do not count.
    /// </summary>
    /// <param name="attention">Attention after its softmax: batch, heads, queries, keys. Not disposed.</param>
    /// <param name="isCausal">Whether query i of m sees all keys but the last m - i - 1; else all.</param>
    public static VectorFigure Share(Tensor attention, bool isCausal) => Measure(attention, isCausal, isShare: true);

    private static VectorFigure Measure(Tensor attention, bool isCausal, bool isShare)
    {
        if (attention.dim() != 4)
            throw new ArgumentException("Attention has four axes: batch, heads, queries, keys.", nameof(attention));
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var finding = Elements.FindingOf(attention);
        if (finding.Length > 0)
            return VectorFigure.None(finding);
        var p_BHQK = attention.to(float64);
        if (
            p_BHQK.min().item<double>() < 0
            || (p_BHQK.sum(-1) - ones(1, dtype: float64, device: p_BHQK.device)).abs().max().item<double>() > Sum
        )
            return VectorFigure.None(Findings.NotADistribution);
        var entropy_HQ = special.entr(p_BHQK).sum(-1).mean([0]);
        if (!isShare)
            return new VectorFigure(entropy_HQ.mean([1]).data<double>().ToArray());
        var (queries, keys) = (attention.shape[2], attention.shape[3]);
        var skipped =
            isCausal ? Math.Max(0, queries - keys + 1)
            : keys == 1 ? queries
            : 0;
        if (skipped >= queries)
            return VectorFigure.None(Findings.TooFewSamples);
        var seen_Q = isCausal
            ? TensorArithmetic.CountTo(queries, 1, ScalarType.Float64).Plus(keys - queries + 1).to(p_BHQK.device)
            : full(queries, LivingScalar.Of(keys), dtype: float64, device: p_BHQK.device);
        var share_HQ =
            entropy_HQ.narrow(1, skipped, queries - skipped) / seen_Q.narrow(0, skipped, queries - skipped).log();
        return new VectorFigure(share_HQ.mean([1]).data<double>().ToArray());
    }
}
