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
    /// <summary>Logits that are alive at once: 64 MB of 32-bit numbers, and as much again for each step of their way back.</summary>
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
            var part = Mean(model, some_NW, labels_N.narrow(0, first, rows), share * ((double)rows / count));
            part.backward();
            using var frozen = no_grad();
            gradient_NW.narrow(0, first, rows).copy_(some_NW.grad!);
            loss.add_(part.detach().to(float64), LivingScalar.Of(1));
        }
        hidden_NW.backward([gradient_NW]);
        return loss.MoveToOuterDisposeScope();
    }

    /// <summary>The summed cross-entropy, without gradients.</summary>
    /// <param name="model">The model.</param>
    /// <param name="hidden_BTW">What <see cref="Decoder.Hidden"/> made of the inputs.</param>
    /// <param name="labels_BT">The tokens to be foretold.</param>
    /// <param name="logitsAtOnce">See <see cref="LogitsAtOnce"/>.</param>
    public static double Sum(Decoder model, Tensor hidden_BTW, Tensor labels_BT, long logitsAtOnce = LogitsAtOnce)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (hidden_NW, labels_N) = (hidden_BTW.flatten(0, 1), labels_BT.flatten());
        var sum = 0.0;
        foreach (var (first, rows) in Pieces(model, hidden_NW.shape[0], logitsAtOnce))
        {
            using var piece = NewDisposeScope();
            var logits_NV = model.Logits(hidden_NW.narrow(0, first, rows));
            logits_NV = logits_NV.to(logits_NV.dtype.Wide());
            sum += nn
                .functional.cross_entropy(logits_NV, labels_N.narrow(0, first, rows), reduction: nn.Reduction.Sum)
                .to(float64)
                .item<double>();
        }
        return sum;
    }

    /// <summary>Positions whose logits are alive at once, in order.</summary>
    private static IEnumerable<(long First, long Rows)> Pieces(Decoder model, long count, long logitsAtOnce)
    {
        var atOnce = Math.Max(1, logitsAtOnce / model.Model.VocabularySize);
        for (var first = 0L; first < count; first += atOnce)
            yield return (first, Math.Min(atOnce, count - first));
    }

    /// <summary>Without a handle to the logits, which go as soon as their logarithms of probabilities are there.</summary>
    private static Tensor Mean(Decoder model, Tensor hidden_NW, Tensor labels_N, double share)
    {
        using var scope = NewDisposeScope();
        return nn
            .functional.cross_entropy(model.Logits(hidden_NW).to(hidden_NW.dtype.Wide()), labels_N)
            .Times(share)
            .MoveToOuterDisposeScope();
    }
}
