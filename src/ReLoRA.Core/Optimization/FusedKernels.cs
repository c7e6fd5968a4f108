using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

namespace ReLoRA.Core.Optimization;

/// <summary>
/// libtorch's kernels over lists of tensors, which TorchSharp has no binding for: reached through TorchScript. Nothing here waits for a GPU.
/// </summary>
internal sealed class FusedKernels : IDisposable
{
    private const string Source = """
        def update(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor], n: Tensor, sound: Tensor):
            torch._foreach_add_(t, sound)
            torch._fused_adamw_(p, g, m, v, [], t, lr=float(n[0]), beta1=float(n[1]), beta2=float(n[2]),
                                weight_decay=float(n[3]), eps=float(n[4]), amsgrad=False, maximize=False, found_inf=1 - sound)

        def clear(g: List[Tensor]):
            torch._foreach_zero_(g)

        def clip(g: List[Tensor], norm: Tensor, n: Tensor):
            factor = torch.clamp(float(n[0]) / (norm + float(n[1])), max=1.0)
            if factor.is_cuda:
                torch._foreach_mul_(g, factor)
            elif float(factor) < 1.0:
                torch._foreach_mul_(g, float(factor))

        def norms(g: List[Tensor]) -> Tensor:
            return torch.stack(torch._foreach_norm(g, 2))

        def copy(to: List[Tensor], source: List[Tensor]):
            torch._foreach_copy_(to, source)
        """;

    // The parser wants the last line ended.
    private readonly jit.CompilationUnit unit = jit.compile(Source + "\n");

    /// <summary>One update of AdamW.</summary>
    /// <param name="group">The weights.</param>
    /// <param name="learningRate">The rate.</param>
    /// <param name="config">Betas and epsilon.</param>
    /// <param name="sound">A 32-bit 1; or 0, which leaves weights, moments and counters as they are.</param>
    public void Update(ParameterGroup group, double learningRate, OptimizerConfig config, Tensor sound)
    {
        using var numbers = Numbers(learningRate, config.Beta1, config.Beta2, group.Decay, config.Epsilon);
        unit.invoke("update", group.Weights, group.Gradients, group.First, group.Second, group.Steps, numbers, sound);
    }

    public void Clear(Tensor[] gradients) => unit.invoke("clear", [gradients]);

    /// <summary>Copies between lists, rounding or widening where types differ.</summary>
    public void Copy(Tensor[] to, Tensor[] source) => unit.invoke("copy", to, source);

    /// <summary>Scales gradients down to a norm, where theirs is larger.</summary>
    public void Clip(Tensor[] gradients, Tensor norm, double largest)
    {
        using var numbers = Numbers(largest, GradientClipping.Epsilon);
        unit.invoke("clip", gradients, norm, numbers);
    }

    /// <summary>A 64-bit scalar. By tensor first: one 32-bit norm over tens of millions of values is off in the third digit.</summary>
    public Tensor Norm(Tensor[] gradients)
    {
        using var scope = NewDisposeScope();
        return ((Tensor)unit.invoke("norms", [gradients])).to(float64).norm().MoveToOuterDisposeScope();
    }

    public void Dispose() => unit.Dispose();

    /// <summary>As a tensor: a plain number given to <c>invoke</c> can be freed while libtorch reads it (see <see cref="Native.LivingScalar"/>).</summary>
    private static Tensor Numbers(params double[] values) => tensor(values, dtype: float64);
}
