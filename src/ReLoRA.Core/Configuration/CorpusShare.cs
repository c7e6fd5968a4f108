namespace ReLoRA.Core.Configuration;

/// <summary>One more corpus of the training data, and how much of it.</summary>
public sealed record CorpusShare
{
    /// <summary>A corpus yet to be filled in.</summary>
    public CorpusShare() { }

    /// <summary>A corpus.</summary>
    /// <param name="train">Its folder.</param>
    /// <param name="share">Its share of all rows.</param>
    public CorpusShare(string train, double share) => (Train, Share) = (train, share);

    /// <summary>Folder of its token shards. Found like <see cref="DataConfig.Train"/>, and of the same tokenizer and row length.</summary>
    [Knob(IsDataset = true)]
    public string Train { get; init; } = "";

    /// <summary>Its share of the rows trained on, in thousandths. Default: 0.1.</summary>
    [Knob(Minimum = 0.001, Maximum = 0.999)]
    public double Share { get; init; } = 0.1;

    /// <summary>For example <c>corpora/code=0.2</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Train}={Share}");
}
