namespace ReLoRA.Data.Building;

/// <summary>What a dataset is built from and how.</summary>
public sealed record BuildOptions
{
    /// <summary>Text files and folders of them.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The <c>tokenizer.json</c>.</summary>
    public required string Tokenizer { get; init; }

    /// <summary>The folder to write.</summary>
    public required string Output { get; init; }

    /// <summary>Tokens of a sequence, at least 1; rows hold one more. Default: 128.</summary>
    public int SequenceLength { get; init; } = 128;

    /// <summary>Rows of a shard, at least 1. Default: 65,536.</summary>
    public int RowsPerShard { get; init; } = 65_536;

    /// <summary>The token that ends a document, where it has none of the customary names. Default: found by its name.</summary>
    public string? EndOfText { get; init; }

    /// <summary>Whether a dataset that is already there is replaced. Default: no.</summary>
    public bool Force { get; init; }
}
