using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

namespace ReLoRA.Core.Optimization;

/// <summary>libtorch's kernels over lists of tensors, which TorchSharp has no binding for: reached through TorchScript.</summary>
internal sealed class FusedKernels : IDisposable
{
    private const string Source = """
        def update(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor],
                   lr: float, beta1: float, beta2: float, decay: float, eps: float):
            torch._foreach_add_(t, 1)
            torch._fused_adamw_(p, g, m, v, [], t, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps,
                                amsgrad=False, maximize=False)

        def clear(g: List[Tensor]):
            torch._foreach_zero_(g)

        def scale(g: List[Tensor], factor: float):
            torch._foreach_mul_(g, factor)

        def norms(g: List[Tensor]) -> Tensor:
            return torch.stack(torch._foreach_norm(g, 2))
        """;

    // The parser wants the last line ended.
    private readonly jit.CompilationUnit unit = jit.compile(Source + "\n");

    public void Update(
        Tensor[] weights,
        Tensor[] gradients,
        Tensor[] first,
        Tensor[] second,
        Tensor[] steps,
        double learningRate,
        OptimizerConfig config
    ) =>
        unit.invoke(
            "update",
            weights,
            gradients,
            first,
            second,
            steps,
            learningRate,
            config.Beta1,
            config.Beta2,
            config.WeightDecay,
            config.Epsilon
        );

    public void Clear(Tensor[] gradients) => unit.invoke("clear", [gradients]);

    public void Scale(Tensor[] gradients, double factor) => unit.invoke("scale", gradients, factor);

    /// <summary>By tensor first: one 32-bit norm over tens of millions of values is off in the third digit.</summary>
    public double Norm(Tensor[] gradients)
    {
        using var scope = NewDisposeScope();
        return ((Tensor)unit.invoke("norms", [gradients])).to(float64).norm().item<double>();
    }

    public void Dispose() => unit.Dispose();
}
