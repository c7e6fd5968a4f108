namespace ReLoRA.Data.Tokenizers;

/// <summary>A byte-level <c>tokenizer.json</c> as an <see cref="ITextTokenizer"/>.</summary>
internal sealed class TokenizerJsonFile(ByteLevelTokenizer tokenizer, string path) : ITextTokenizer
{
    /// <summary>The tokenizer.</summary>
    public ByteLevelTokenizer Tokenizer => tokenizer;

    public int VocabularySize => tokenizer.VocabularySize;

    /// <summary>These tokenizers have one token between texts, which ends one and begins the next.</summary>
    public int? BeginOfText => EndOfText;

    public int? EndOfText
    {
        get
        {
            try
            {
                return Tokenizers.EndOfText.Find([.. tokenizer.Definition.AddedTokens], path).Id;
            }
            catch (DataException fault) when (fault.Fault == DataFault.Missing)
            {
                return null;
            }
        }
    }

    public IReadOnlyList<int> Encode(string text) => tokenizer.Encode(text);

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = true) => tokenizer.Decode(ids, skipSpecial);
}
