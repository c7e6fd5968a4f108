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
}
