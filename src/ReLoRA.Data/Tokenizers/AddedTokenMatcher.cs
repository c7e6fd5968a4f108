using System.Buffers;

namespace ReLoRA.Data.Tokenizers;

/// <summary>Finds added tokens in a text: the leftmost, and of those that begin there the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly AddedToken[] _byLength;
    private readonly SearchValues<string> _contents;

    public AddedTokenMatcher(IEnumerable<AddedToken> tokens)
    {
        _byLength =
        [
            .. tokens.Where(token => token.Content.Length > 0).OrderByDescending(token => token.Content.Length),
        ];
        _contents = SearchValues.Create([.. _byLength.Select(token => token.Content)], StringComparison.Ordinal);
    }

    /// <summary>The first added token at or after <paramref name="from"/>, or <see langword="null"/>.</summary>
    public AddedToken? Find(ReadOnlySpan<char> text, int from, out int at)
    {
        var step = _byLength.Length == 0 ? -1 : text[from..].IndexOfAny(_contents);
        at = step < 0 ? text.Length : from + step;
        if (step < 0)
            return null;
        foreach (var token in _byLength)
        {
            if (text[at..].StartsWith(token.Content, StringComparison.Ordinal))
                return token;
        }
        throw new InvalidOperationException("An added token was found and is none of them.");
    }
}
