using ReLoRA.Core.Configuration;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Optimization;

/// <summary>libtorch's kernels over lists of tensors, which TorchSharp has no binding for: reached through TorchScript.</summary>
internal sealed class FusedKernels : IDisposable
{
    private const string Source = """
        def update(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor], n: Tensor):
            torch._foreach_add_(t, 1)
            torch._fused_adamw_(p, g, m, v, [], t, lr=float(n[0]), beta1=float(n[1]), beta2=float(n[2]),
                                weight_decay=float(n[3]), eps=float(n[4]), amsgrad=False, maximize=False)

        def clear(g: List[Tensor]):
            torch._foreach_zero_(g)

        def scale(g: List[Tensor], n: Tensor):
            torch._foreach_mul_(g, float(n[0]))

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
    )
    {
        using var numbers = Numbers(learningRate, config.Beta1, config.Beta2, config.WeightDecay, config.Epsilon);
        unit.invoke("update", weights, gradients, first, second, steps, numbers);
    }

    public void Clear(Tensor[] gradients) => unit.invoke("clear", [gradients]);

    public void Scale(Tensor[] gradients, double factor)
    {
        using var numbers = Numbers(factor);
        unit.invoke("scale", gradients, numbers);
    }

    /// <summary>By tensor first: one 32-bit norm over tens of millions of values is off in the third digit.</summary>
    public double Norm(Tensor[] gradients)
    {
        using var scope = NewDisposeScope();
        return ((Tensor)unit.invoke("norms", [gradients])).to(float64).norm().item<double>();
    }

    public void Dispose() => unit.Dispose();

    /// <summary>As a tensor: a plain number given to <c>invoke</c> can be freed while libtorch reads it (see <see cref="LivingScalar"/>).</summary>
    private static Tensor Numbers(params double[] values) => tensor(values, dtype: float64);
}
