namespace ReLoRA.Data.Converting;

/// <summary>What made the ids, which files of ids do not tell. A tokenizer tells all of it; else the two numbers do.</summary>
public sealed record IdOrigin
{
    /// <summary>The tokenizer's file. Default: none; the manifest then says that it is unknown.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>Every id is below this, at least 1. Default: the tokenizer's.</summary>
    public int? VocabularySize { get; init; }

    /// <summary>The id of the token that ends a document, or with a tokenizer its name. Default: the tokenizer's.</summary>
    public string? EndOfText { get; init; }
}
