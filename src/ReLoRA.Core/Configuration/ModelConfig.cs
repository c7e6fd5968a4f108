namespace ReLoRA.Core.Configuration;

/// <summary>
/// A decoder's architecture and shape; embeddings are untied in each. The defaults are the published tiny Pico decoder
/// (11,282,784 parameters).
/// </summary>
public sealed record ModelConfig
{
    /// <summary>How the decoder is built. Default: <see cref="Architecture.Pico"/>.</summary>
    [Knob(OmittedAtDefault = true)]
    public Architecture Architecture { get; init; } = Architecture.Pico;

    /// <summary>Rows of the embedding and of the output head, at least the tokenizer's vocabulary. Default: 50,304.</summary>
    [Knob(Unit = "tokens", Minimum = 2, Maximum = 1 << 24)]
    public int VocabularySize { get; init; } = 50_304;

    /// <summary>Width of the residual stream (d_model). Default: 96.</summary>
    [Knob(Unit = "features", Minimum = 2, Maximum = 65_536)]
    public int Width { get; init; } = 96;

    /// <summary>Number of blocks. Default: 12.</summary>
    [Knob(Unit = "layers", Minimum = 1, Maximum = 1024)]
    public int Layers { get; init; } = 12;

    /// <summary>Query heads; divides <see cref="Width"/>, with <see cref="Architecture.Pico"/> into heads of even width. Default: 12.</summary>
    [Knob(Unit = "heads", Minimum = 1, Maximum = 1024)]
    public int Heads { get; init; } = 12;

    /// <summary>
    /// Key/value heads; divides <see cref="Heads"/>. Without effect with <see cref="Architecture.NeoX"/>, which has as many as
    /// query heads. Default: 4.
    /// </summary>
    [Knob(Unit = "heads", Minimum = 1, Maximum = 1024)]
    public int KeyValueHeads { get; init; } = 4;

    /// <summary>Width of the feed-forward layer's hidden layer. Default: 384.</summary>
    [Knob(Unit = "features", Minimum = 1, Maximum = 1 << 20)]
    public int HiddenWidth { get; init; } = 384;

    /// <summary>Longest sequence the rotary table covers. Default: 2,048.</summary>
    [Knob(Unit = "tokens", Minimum = 1, Maximum = 1 << 20)]
    public int MaxSequenceLength { get; init; } = 2048;

    /// <summary>Epsilon of the norms. Default: 1e-6, Pico's; Pythia's is 1e-5.</summary>
    [Knob(Minimum = 0, ExclusiveMinimum = true, Maximum = 1)]
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>Base of the rotary angles, <c>position * theta^(-2i/n)</c>, n being the features that turn. Default: 10,000.</summary>
    [Knob(Minimum = 1)]
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>
    /// Share of each head's features that turn with the position, rounded down to whole features; they must be even in number.
    /// Without effect with <see cref="Architecture.Pico"/>, where all of them turn. Default: 0.25.
    /// </summary>
    [Knob(Minimum = 0, ExclusiveMinimum = true, Maximum = 1, OmittedAtDefault = true)]
    public double RotaryFraction { get; init; } = 0.25;

    /// <summary>
    /// Whether a block's feed-forward layer reads the same stream as its attention, <c>x + attn(ln1 x) + mlp(ln2 x)</c>, and not
    /// the stream after it. Without effect with <see cref="Architecture.Pico"/>. Default: yes.
    /// </summary>
    [Knob(OmittedAtDefault = true)]
    public bool ParallelResidual { get; init; } = true;

    /// <summary>Width of one head.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int HeadWidth => Width / Math.Max(1, Heads);

    /// <summary>Features of each head that turn with the position where only a part does: <c>floor(HeadWidth * RotaryFraction)</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int RotaryWidth => (int)(HeadWidth * RotaryFraction);
}
