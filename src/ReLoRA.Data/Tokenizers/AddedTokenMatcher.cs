using System.Buffers;

namespace ReLoRA.Data.Tokenizers;

/// <summary>Finds added tokens in a text: the leftmost, and of those that begin there the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly AddedToken[] _byLength;
    private readonly SearchValues<char> _firsts;

    public AddedTokenMatcher(IEnumerable<AddedToken> tokens)
    {
        _byLength =
        [
            .. tokens.Where(token => token.Content.Length > 0).OrderByDescending(token => token.Content.Length),
        ];
        _firsts = SearchValues.Create([.. _byLength.Select(token => token.Content[0]).Distinct()]);
    }

    /// <summary>The first added token at or after <paramref name="from"/>, or <see langword="null"/>.</summary>
    public AddedToken? Find(ReadOnlySpan<char> text, int from, out int at)
    {
        for (at = from; at < text.Length; at++)
        {
            var step = text[at..].IndexOfAny(_firsts);
            if (step < 0)
                break;
            at += step;
            foreach (var token in _byLength)
            {
                if (text[at..].StartsWith(token.Content, StringComparison.Ordinal))
                    return token;
            }
        }
        at = text.Length;
        return null;
    }
}
