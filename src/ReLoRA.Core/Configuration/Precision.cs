namespace ReLoRA.Core.Configuration;

/// <summary>The number types of weights and arithmetic.</summary>
public enum Precision
{
    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>64-bit floating point: for proofs, not for speed.</summary>
    Float64,

    /// <summary>
    /// Training's matrix products and attention in bfloat16, by libtorch's autocast; weights, gradients, optimizer states, sums, merges, probes and evaluation in 32
    /// bits. Fast on processors with <c>avx512_bf16</c> or <c>amx_bf16</c> and on GPUs from Ampere on.
    /// </summary>
    BFloat16Mixed,

    /// <summary>
    /// 32-bit floating point, of whose 24 bits a GPU's matrix products use 11 (TF32): several times as fast there. A processor has no such products.
    /// </summary>
    TensorFloat32,

    /// <summary>
    /// Weights, forward, backward and gradients in bfloat16; the optimizer updates copies in 32 bits, which it keeps: what DeepSpeed's ZeRO-2 does, and so the published study. For
    /// reproduction: merges into frozen weights are rounded to bfloat16.
    /// </summary>
    BFloat16Zero2,

    /// <summary>Everything in bfloat16, the optimizer's states too. Small updates are lost to rounding. For reproduction.</summary>
    BFloat16Pure,
}
