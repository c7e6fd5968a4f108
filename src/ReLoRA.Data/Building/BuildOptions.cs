namespace ReLoRA.Data.Building;

/// <summary>What a dataset is built from and how.</summary>
public sealed record BuildOptions
{
    /// <summary>Text files and folders of them.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The <c>tokenizer.json</c>, or a SentencePiece <c>.model</c>.</summary>
    public required string Tokenizer { get; init; }

    /// <summary>The folder to write.</summary>
    public required string Output { get; init; }

    /// <summary>Tokens of a sequence, at least 1; rows hold one more. Default: 128.</summary>
    public int SequenceLength { get; init; } = 128;

    /// <summary>Rows of a shard, at least 1. Default: 65,536.</summary>
    public int RowsPerShard { get; init; } = 65_536;

    /// <summary>The token that ends a document, where it has none of the customary names. Default: found by its name.</summary>
    public string? EndOfText { get; init; }

    /// <summary>Threads that encode, 1 to 1,024. They do not alter the result. Default: one for each core.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether lines that are no document are counted and left out; otherwise they end the build. Default: no.</summary>
    public bool SkipBad { get; init; }

    /// <summary>Whether a dataset that is already there, or one begun otherwise, is replaced. Default: no.</summary>
    public bool Force { get; init; }
}
