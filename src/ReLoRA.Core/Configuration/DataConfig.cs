namespace ReLoRA.Core.Configuration;

/// <summary>The training data and its batches.</summary>
public sealed record DataConfig
{
    /// <summary>
    /// Folder of token shards with its <c>manifest.json</c>. A relative path is looked for beside the script, in each folder
    /// above it, and in the current directory. Default: <c>datasets/english/train</c>.
    /// </summary>
    [Knob(IsDataset = true)]
    public string Train { get; init; } = "datasets/english/train";

    /// <summary>Sequences of one optimizer step, over all micro-batches and workers. Default: 16.</summary>
    [Knob(Unit = "sequences", Minimum = 1, Maximum = 1 << 20)]
    public int BatchSize { get; init; } = 16;

    /// <summary>Tokens of one sequence; the shards' rows hold one more. Default: 128.</summary>
    [Knob(Unit = "tokens", Minimum = 1, Maximum = 1 << 20)]
    public int SequenceLength { get; init; } = 128;
}
