using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

// B: batch, T: positions, N: positions of all rows, W: model width, V: vocabulary.
namespace ReLoRA.Core.Training;

/// <summary>
/// The mean cross-entropy of a micro-batch and all of its gradients, with the logits of some positions at a time: those of all of them are the
/// largest tensors of a step by far. What it gains: docs/training-engine.md.
/// </summary>
internal static class ChunkedLoss
{
    /// <summary>Logits that are alive at once: 64 MB of 32-bit numbers, in whose place their gradient comes.</summary>
    internal const long LogitsAtOnce = 1 << 24;

    /// <summary>Adds the gradients of every weight.</summary>
    /// <param name="model">The model.</param>
    /// <param name="hidden_BTW">What <see cref="Decoder.Hidden"/> made of the inputs, with its graph.</param>
    /// <param name="labels_BT">The tokens to be foretold.</param>
    /// <param name="share">The micro-batch's share of the step's batch.</param>
    /// <param name="logitsAtOnce">See <see cref="LogitsAtOnce"/>.</param>
    /// <returns>The mean loss times the share, a 64-bit scalar. The caller's scope owns it.</returns>
    public static Tensor Backward(
        Decoder model,
        Tensor hidden_BTW,
        Tensor labels_BT,
        double share,
        long logitsAtOnce = LogitsAtOnce
    )
    {
        using var scope = NewDisposeScope();
        var (hidden_NW, labels_N) = (hidden_BTW.flatten(0, 1), labels_BT.flatten());
        var count = hidden_NW.shape[0];
        var gradient_NW = empty_like(hidden_NW, requires_grad: false);
        var loss = zeros([], dtype: float64, device: hidden_NW.device);
        foreach (var (first, rows) in Pieces(model, count, logitsAtOnce))
        {
            using var piece = NewDisposeScope();
            // Cut off from the graph below, which so is walked once, with the gradient of all pieces.
            var some_NW = hidden_NW.narrow(0, first, rows).detach().requires_grad_();
            var logits_NV = model.Logits(some_NW).to(some_NW.dtype.Wide());
            var part = TurnToGradient(logits_NV.detach(), labels_N.narrow(0, first, rows), share / count);
            logits_NV.backward([logits_NV.detach()]);
            using var frozen = no_grad();
            gradient_NW.narrow(0, first, rows).copy_(some_NW.grad!);
            loss.add_(part, LivingScalar.Of(1));
        }
        hidden_NW.backward([gradient_NW]);
        return loss.MoveToOuterDisposeScope();
    }

    /// <summary>Positions whose logits are alive at once, in order.</summary>
    private static IEnumerable<(long First, long Rows)> Pieces(Decoder model, long count, long logitsAtOnce)
    {
        var atOnce = Math.Max(1, logitsAtOnce / model.Model.VocabularySize);
        for (var first = 0L; first < count; first += atOnce)
            yield return (first, Math.Min(atOnce, count - first));
    }

    /// <summary>
    /// Puts the gradient of the summed cross-entropy in the place of the logits, which nothing on the way back reads: one tensor of their size in place of
    /// three.
    /// </summary>
    /// <returns>The weighted sum, a 64-bit scalar.</returns>
    private static Tensor TurnToGradient(Tensor logits_NV, Tensor labels_N, double weight)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var labels_N1 = labels_N.unsqueeze(1);
        logits_NV.sub_(logits_NV.amax([1], keepdim: true));
        var own_N1 = logits_NV.gather(1, labels_N1);
        var sums_N1 = logits_NV.exp_().sum(1, keepdim: true);
        var loss = sums_N1.log().sub(own_N1).to(float64).sum().Times(weight);
        logits_NV.mul_(sums_N1.reciprocal().Times(weight));
        logits_NV.scatter_add_(1, labels_N1, full_like(own_N1, LivingScalar.Of(-weight)));
        return loss.MoveToOuterDisposeScope();
    }
}
