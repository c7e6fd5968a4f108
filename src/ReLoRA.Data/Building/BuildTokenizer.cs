using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Data.Building;

/// <summary>The tokenizer of a build with what a build needs to know of it.</summary>
internal sealed class BuildTokenizer
{
    private readonly ByteLevelTokenizer? _byteLevel;
    private readonly ITextTokenizer _tokenizer;

    /// <param name="path">A <c>tokenizer.json</c> or a SentencePiece <c>.model</c>.</param>
    /// <param name="endOfText">The token that ends a document, where it has none of the customary names.</param>
    /// <exception cref="DataException">It cannot be read, or has no such token.</exception>
    public BuildTokenizer(string path, string? endOfText)
    {
        Sha256 = DataFiles.Sha256(path);
        _tokenizer = TextTokenizer.Open(path);
        VocabularySize = _tokenizer.VocabularySize;
        if (_tokenizer is TokenizerJsonFile file)
        {
            _byteLevel = file.Tokenizer;
            var added = _byteLevel.Definition.AddedTokens;
            EndOfText = Tokenizers.EndOfText.Find(added, path, endOfText).Id;
            CutsText = !added.Any(token => token.Content.AsSpan().ContainsAny('\r', '\n'));
            return;
        }
        if (endOfText is not null || _tokenizer.EndOfText is not { } end)
            throw new DataException(
                DataFault.Unsupported,
                $"{path}: the end-of-text token of a SentencePiece model is the one it names itself; leave --end-of-text out."
            );
        EndOfText = end;
    }

    /// <summary>SHA-256 of the file in hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>One more than the largest id.</summary>
    public int VocabularySize { get; }

    /// <summary>The id that follows each document.</summary>
    public int EndOfText { get; }

    /// <summary>Whether a text may be cut at line ends: <see cref="TextCut"/>.</summary>
    public bool CutsText { get; }

    /// <summary>Appends the ids of a text.</summary>
    public void Encode(string text, List<int> ids)
    {
        if (_byteLevel is not null)
            _byteLevel.Encode(text, ids);
        else
            ids.AddRange(_tokenizer.Encode(text));
    }
}
