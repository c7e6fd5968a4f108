namespace ReLoRA.Data.Tokenizers.Training;

/// <summary>What a tokenizer is trained on and how.</summary>
public sealed record TrainingOptions
{
    /// <summary>Text files and folders of them.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The <c>tokenizer.json</c> to write.</summary>
    public required string Output { get; init; }

    /// <summary>Tokens wanted, 257 to 1,048,576; end of text and the 256 bytes are always in it. Default: 4,096.</summary>
    public int VocabularySize { get; init; } = 4096;

    /// <summary>Name of the token that ends a document. Default: <c>&lt;|endoftext|&gt;</c>.</summary>
    public string EndOfText { get; init; } = Tokenizers.EndOfText.DefaultName;

    /// <summary>Whether a file that is already there is replaced. Default: no.</summary>
    public bool Force { get; init; }
}
