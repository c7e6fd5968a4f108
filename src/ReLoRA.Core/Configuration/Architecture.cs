namespace ReLoRA.Core.Configuration;

/// <summary>How a decoder is built: docs/architectures.md.</summary>
public enum Architecture
{
    /// <summary>The LLaMA-style Pico decoder: RMSNorm, interleaved-pair RoPE, grouped-query attention, SwiGLU, no biases.</summary>
    Pico,

    /// <summary>
    /// GPT-NeoX, as of the Pythia models: LayerNorm and linears with biases, half-split RoPE over a part of each head, GELU,
    /// attention and feed-forward layer side by side (Black et al. 2022).
    /// </summary>
    NeoX,
}
