namespace ReLoRA.Core.Configuration;

/// <summary>
/// The LLaMA-style Pico decoder: RMSNorm, interleaved-pair RoPE, grouped-query attention, SwiGLU, untied embeddings, no
/// biases. The defaults are the published tiny size (11,282,784 parameters).
/// </summary>
public sealed record ModelConfig
{
    /// <summary>Rows of the embedding and of the output head, at least the tokenizer's vocabulary. Default: 50,304.</summary>
    [Knob(Unit = "tokens", Minimum = 2, Maximum = 1 << 24)]
    public int VocabularySize { get; init; } = 50_304;

    /// <summary>Width of the residual stream (d_model). Default: 96.</summary>
    [Knob(Unit = "features", Minimum = 2, Maximum = 65_536)]
    public int Width { get; init; } = 96;

    /// <summary>Number of blocks. Default: 12.</summary>
    [Knob(Unit = "layers", Minimum = 1, Maximum = 1024)]
    public int Layers { get; init; } = 12;

    /// <summary>Query heads; divides <see cref="Width"/> into heads of even width. Default: 12.</summary>
    [Knob(Unit = "heads", Minimum = 1, Maximum = 1024)]
    public int Heads { get; init; } = 12;

    /// <summary>Key/value heads; divides <see cref="Heads"/>. Default: 4.</summary>
    [Knob(Unit = "heads", Minimum = 1, Maximum = 1024)]
    public int KeyValueHeads { get; init; } = 4;

    /// <summary>Width of the SwiGLU hidden layer. Default: 384.</summary>
    [Knob(Unit = "features", Minimum = 1, Maximum = 1 << 20)]
    public int HiddenWidth { get; init; } = 384;

    /// <summary>Longest sequence the rotary table covers. Default: 2,048.</summary>
    [Knob(Unit = "tokens", Minimum = 1, Maximum = 1 << 20)]
    public int MaxSequenceLength { get; init; } = 2048;

    /// <summary>Epsilon of RMSNorm. Default: 1e-6.</summary>
    [Knob(Minimum = 0, ExclusiveMinimum = true, Maximum = 1)]
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>Base of the rotary angles, <c>position * theta^(-2i/head_dim)</c>. Default: 10,000.</summary>
    [Knob(Minimum = 1)]
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>Width of one head.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int HeadWidth => Width / Math.Max(1, Heads);
}
