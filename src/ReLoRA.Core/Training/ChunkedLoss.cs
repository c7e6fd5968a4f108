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
    /// <summary>Logits that are alive at once: 32 MB of 32-bit numbers, in whose place their gradient comes.</summary>
    internal const long LogitsAtOnce = 1 << 23;

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
        using (no_grad())
        {
            // Cut off from the graph below, which so is walked once, with the gradient of all pieces.
            var type = Autocast.TypeOf(hidden_NW);
            var (inputs_NW, head_VW) = (hidden_NW.detach().to(type), model.Head_VW.to(type));
            var headGradient_VW = LeafGradient.Of(model.Head_VW);
            foreach (var (first, rows) in Pieces(model, count, logitsAtOnce))
            {
                using var piece = NewDisposeScope();
                var some_NW = inputs_NW.narrow(0, first, rows);
                var logits_NV = nn.functional.linear(some_NW, head_VW).to(type.Wide());
                var part = LossKernel.TurnToGradient(logits_NV, labels_N.narrow(0, first, rows), share / count);
                loss.add_(part, LivingScalar.Of(1));
                var turned_NV = logits_NV.to(type);
                gradient_NW.narrow(0, first, rows).copy_(mm(turned_NV, head_VW));
                AddProduct(headGradient_VW, turned_NV.t(), some_NW);
            }
        }
        hidden_NW.backward([gradient_NW]);
        return loss.MoveToOuterDisposeScope();
    }

    /// <summary>In the gradient's own place: autograd would make one more as large as the head, and add all of it.</summary>
    private static void AddProduct(Tensor? sum, Tensor left, Tensor right)
    {
        if (sum is null)
            return;
        if (sum.dtype == left.dtype)
            sum.addmm_(left, right);
        else
            sum.add_(mm(left, right), LivingScalar.Of(1));
    }

    /// <summary>Positions whose logits are alive at once, in order.</summary>
    internal static IEnumerable<(long First, long Rows)> Pieces(Decoder model, long count, long logitsAtOnce)
    {
        var atOnce = Math.Max(1, logitsAtOnce / model.Model.VocabularySize);
        for (var first = 0L; first < count; first += atOnce)
            yield return (first, Math.Min(atOnce, count - first));
    }
}
