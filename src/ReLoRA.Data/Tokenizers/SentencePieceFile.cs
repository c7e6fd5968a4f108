using Microsoft.ML.Tokenizers;

namespace ReLoRA.Data.Tokenizers;

/// <summary>A SentencePiece <c>tokenizer.model</c> of LLaMA's kind: BPE with byte fallback.</summary>
public sealed class SentencePieceFile : ITextTokenizer
{
    private readonly LlamaTokenizer _tokenizer;

    private SentencePieceFile(LlamaTokenizer tokenizer) => _tokenizer = tokenizer;

    /// <inheritdoc/>
    public int VocabularySize => _tokenizer.Vocabulary.Count;

    /// <inheritdoc/>
    public int? BeginOfText => _tokenizer.BeginningOfSentenceId;

    /// <inheritdoc/>
    public int? EndOfText => _tokenizer.EndOfSentenceId;

    /// <summary>Reads a <c>tokenizer.model</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">It is missing, or no such file.</exception>
    public static SentencePieceFile Load(string path)
    {
        var bytes = DataFiles.ReadAllBytes(path, "tokenizer file");
        try
        {
            using var stream = new MemoryStream(bytes);
            return new SentencePieceFile(
                LlamaTokenizer.Create(stream, addBeginOfSentence: false, addEndOfSentence: false)
            );
        }
        // The library reads protocol buffers and throws whatever comes of damaged ones.
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            throw new DataException(
                DataFault.Damaged,
                $"{path}: not a SentencePiece BPE model: {fault.Message} Give a tokenizer.model of LLaMA's kind, or a tokenizer.json.",
                fault
            );
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text) =>
        _tokenizer.EncodeToIds(text, addBeginningOfSentence: false, addEndOfSentence: false);

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = true)
    {
        var first = ids.FirstOrDefault(id => id < 0 || id >= VocabularySize);
        if (first != 0)
            throw new DataException(
                DataFault.TokenOutOfRange,
                $"Token id {first} is not of this tokenizer; allowed: 0 to {VocabularySize - 1}. Use the tokenizer that made the ids."
            );
        return _tokenizer.Decode(ids, considerSpecialTokens: !skipSpecial);
    }
}
