using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Core.Tests.Evaluation.Perplexity;

/// <summary>A token a letter: a is 1, z is 26; white space is no token, any other character is 27.</summary>
internal sealed class LetterTokenizer : ITextTokenizer
{
    public const int End = 31;

    public int VocabularySize => 32;

    public int? BeginOfText => End;

    public int? EndOfText => End;

    public IReadOnlyList<int> Encode(string text) =>
        [.. text.Where(one => !char.IsWhiteSpace(one)).Select(one => one is >= 'a' and <= 'z' ? one - 'a' + 1 : 27)];

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = true) =>
        string.Concat(ids.Select(id => (char)('a' + id - 1)));
}
