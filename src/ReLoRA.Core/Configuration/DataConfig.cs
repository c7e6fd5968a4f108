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

    /// <summary>
    /// Further corpora, each with its share of the rows; <see cref="Train"/> has the rest. Shares hold in every thousand rows, and each
    /// corpus is read pass after pass. Default: none.
    /// </summary>
    [Knob(OmittedAtDefault = true)]
    public EquatableList<CorpusShare> Mix { get; init; } = [];

    /// <summary>The order of the rows. Default: <see cref="DataOrder.Permuted"/>.</summary>
    [Knob(OmittedAtDefault = true)]
    public DataOrder Order { get; init; } = DataOrder.Permuted;

    /// <summary>Neighbouring rows that <see cref="DataOrder.Windowed"/> keeps together. Default: 16,384.</summary>
    [Knob(Unit = "rows", Minimum = 1, OmittedAtDefault = true)]
    public long WindowRows { get; init; } = 16_384;

    /// <summary>What happens at the end of a pass over the data. With <see cref="Mix"/> each corpus carries over. Default: <see cref="EpochEnd.DropRest"/>.</summary>
    [Knob(OmittedAtDefault = true)]
    public EpochEnd EpochEnd { get; init; } = EpochEnd.DropRest;

    /// <summary>Sequences of one optimizer step, over all micro-batches and workers. Default: 16.</summary>
    [Knob(Unit = "sequences", Minimum = 1, Maximum = 1 << 20)]
    public int BatchSize { get; init; } = 16;

    /// <summary>Tokens of one sequence; the shards' rows hold one more. Default: 128.</summary>
    [Knob(Unit = "tokens", Minimum = 1, Maximum = 1 << 20)]
    public int SequenceLength { get; init; } = 128;

    /// <summary>The share of <see cref="Train"/>: what <see cref="Mix"/> leaves.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double TrainShare => 1 - Mix.Sum(corpus => corpus.Share);
}
