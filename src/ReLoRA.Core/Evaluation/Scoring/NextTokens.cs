using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

// M: positions, N: tokens that are scored, W: model width, V: vocabulary.
namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>Logarithms of probabilities of next tokens, with the logits of some positions at a time.</summary>
internal static class NextTokens
{
    /// <summary>
    /// Logits that are alive at once: 32 MB of 32-bit numbers. With fewer the head's matrix is laid out anew more often; with more the passes over them
    /// leave a processor's caches. Measured at a vocabulary of 50,304: 2^20 to 2^24 took 4.9, 3.9, 3.5, 3.2 and 3.9 s.
    /// </summary>
    private const long LogitsAtOnce = 1 << 23;

    /// <summary>Of some tokens, and the greatest that any token has in their place.</summary>
    /// <param name="model">The model.</param>
    /// <param name="hidden_MW">What <see cref="Decoder.Hidden"/> made of positions.</param>
    /// <param name="contexts">For each token its position's place, ascending.</param>
    /// <param name="labels">The tokens.</param>
    /// <param name="logitsAtOnce">Logits that are alive at once.</param>
    /// <returns>Both (N), 64-bit, in nats. The caller's scope owns them.</returns>
    public static (Tensor Own_N, Tensor Greatest_N) LogProbabilities(
        Decoder model,
        Tensor hidden_MW,
        long[] contexts,
        long[] labels,
        long logitsAtOnce = LogitsAtOnce
    )
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var own_N = empty([labels.Length], dtype: float64, device: hidden_MW.device);
        var greatest_N = empty([labels.Length], dtype: float64, device: hidden_MW.device);
        var token = 0;
        foreach (var (first, rows) in ChunkedLoss.Pieces(model, hidden_MW.shape[0], logitsAtOnce))
        {
            using var piece = NewDisposeScope();
            var from = token;
            while (token < contexts.Length && contexts[token] < first + rows)
                token++;
            var logits_MV = model.Logits(hidden_MW.narrow(0, first, rows));
            logits_MV = logits_MV.to(logits_MV.dtype.Wide());
            logits_MV.sub_(logits_MV.amax([1], keepdim: true));
            var (rows_N, flat_N) = Indices(contexts.AsSpan(from..token), labels.AsSpan(from..token), first, model);
            own_N.narrow(0, from, token - from).copy_(logits_MV.view(-1).index_select(0, flat_N.to(hidden_MW.device)));
            // The greatest logit is zero now, and so its logarithm is that of the sum's inverse.
            var log_M = logits_MV.exp_().sum(1).to(float64).log_().neg_();
            greatest_N.narrow(0, from, token - from).copy_(log_M.index_select(0, rows_N.to(hidden_MW.device)));
        }
        own_N.add_(greatest_N, LivingScalar.Of(1));
        return (own_N.MoveToOuterDisposeScope(), greatest_N.MoveToOuterDisposeScope());
    }

    /// <summary>Rows of a piece of the logits, and places in it as a flat one.</summary>
    private static (Tensor Rows_N, Tensor Flat_N) Indices(
        ReadOnlySpan<long> contexts,
        ReadOnlySpan<long> labels,
        long first,
        Decoder model
    )
    {
        var (rows, flat) = (new long[labels.Length], new long[labels.Length]);
        for (var place = 0; place < labels.Length; place++)
        {
            rows[place] = contexts[place] - first;
            flat[place] = (rows[place] * model.Model.VocabularySize) + labels[place];
        }
        return (tensor(rows, dtype: int64), tensor(flat, dtype: int64));
    }
}
