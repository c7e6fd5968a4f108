using ReLoRA.Core.Native;
using static TorchSharp.torch;

// N: positions, V: vocabulary.
namespace ReLoRA.Core.Training;

/// <summary>The cross-entropy's gradient by libtorch's own kernels, in the place of the logits; TorchSharp does not reach their forms with a given output.</summary>
internal static class LossKernel
{
    private const string Source = """
        def turn(x, labels, weight):
            logs = torch.log_softmax(x, 1)
            own = logs.gather(1, labels)
            x.zero_()
            x.scatter_(1, labels, -float(weight))
            torch._log_softmax_backward_data(x, logs, 1, x.dtype, out=x)
            return own
        """;

    // The parser wants the last line ended.
    private static readonly jit.CompilationUnit Unit = jit.compile(Source + "\n");

    /// <summary>Turns logits into the gradient of their weighted summed cross-entropy.</summary>
    /// <param name="logits_NV">The logits; no part of a graph.</param>
    /// <param name="labels_N">The tokens to be foretold.</param>
    /// <param name="weight">What each position counts.</param>
    /// <returns>The weighted sum, a 64-bit scalar. The caller's scope owns it.</returns>
    public static Tensor TurnToGradient(Tensor logits_NV, Tensor labels_N, double weight)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        // As a tensor: a plain number given to a script can be freed while libtorch reads it.
        using var number = tensor(weight, dtype: float64);
        var own_N1 = (Tensor)Unit.invoke("turn", logits_NV, labels_N.unsqueeze(1), number);
        return own_N1.to(float64).sum().Times(-weight).MoveToOuterDisposeScope();
    }
}
