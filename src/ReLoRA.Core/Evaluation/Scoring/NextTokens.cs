using ReLoRA.Core.Models;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

// N: positions, W: model width, V: vocabulary.
namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>Logarithms of probabilities of next tokens, with the logits of some positions at a time.</summary>
internal static class NextTokens
{
    /// <summary>Of the tokens that follow, and the greatest that any token has there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="hidden_NW">What <see cref="Decoder.Hidden"/> made of positions.</param>
    /// <param name="labels_N">The token after each.</param>
    /// <param name="logitsAtOnce">Logits that are alive at once.</param>
    /// <returns>Both (N), 64-bit, in nats. The caller's scope owns them.</returns>
    public static (Tensor Own_N, Tensor Greatest_N) LogProbabilities(
        Decoder model,
        Tensor hidden_NW,
        Tensor labels_N,
        long logitsAtOnce = ChunkedLoss.LogitsAtOnce
    )
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var count = hidden_NW.shape[0];
        var own_N = empty([count], dtype: float64, device: hidden_NW.device);
        var greatest_N = empty([count], dtype: float64, device: hidden_NW.device);
        var atOnce = Math.Max(1, logitsAtOnce / model.Model.VocabularySize);
        for (var first = 0L; first < count; first += atOnce)
        {
            using var piece = NewDisposeScope();
            var rows = Math.Min(atOnce, count - first);
            var logits_NV = model.Logits(hidden_NW.narrow(0, first, rows));
            logits_NV = logits_NV.to(logits_NV.dtype.Wide());
            logits_NV.sub_(logits_NV.amax([1], keepdim: true));
            var labels_N1 = labels_N.narrow(0, first, rows).unsqueeze(1);
            own_N.narrow(0, first, rows).copy_(logits_NV.gather(1, labels_N1).squeeze(1));
            // The greatest logit is zero now, and so its logarithm is that of the sum's inverse.
            greatest_N.narrow(0, first, rows).copy_(logits_NV.exp_().sum(1).to(float64).log().neg());
        }
        own_N.add_(greatest_N, Native.LivingScalar.Of(1));
        return (own_N.MoveToOuterDisposeScope(), greatest_N.MoveToOuterDisposeScope());
    }
}
