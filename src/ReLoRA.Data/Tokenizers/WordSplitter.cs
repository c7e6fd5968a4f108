using System.Text;

namespace ReLoRA.Data.Tokenizers;

/// <summary>
/// GPT-2's split of text into words, <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>, over
/// code points. .NET's regular expressions see UTF-16 units and would take letters beyond U+FFFF for symbols.
/// </summary>
internal static class WordSplitter
{
    private enum Kind
    {
        Space,
        Letter,
        Number,
        Other,
    }

    /// <summary>The place after the word that begins at <paramref name="start"/>, which must lie inside the text.</summary>
    public static int WordEnd(ReadOnlySpan<char> text, int start)
    {
        var contraction = ContractionLength(text[start..]);
        if (contraction > 0)
            return start + contraction;
        var body = start;
        var kind = KindAt(text, body, out var width);
        if (text[start] == ' ' && start + 1 < text.Length)
        {
            var following = KindAt(text, start + 1, out var followingWidth);
            if (following != Kind.Space)
                (body, kind, width) = (start + 1, following, followingWidth);
        }
        return kind == Kind.Space ? SpaceEnd(text, start) : RunEnd(text, body + width, kind);
    }

    private static int ContractionLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '\'')
            return 0;
        if (text[1] is 's' or 't' or 'm' or 'd')
            return 2;
        return text.Length > 2 && text[1..3] is "re" or "ve" or "ll" ? 3 : 0;
    }

    private static int SpaceEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && KindAt(text, end, out var width) == Kind.Space)
            end += width;
        // The last space before a word belongs to the word.
        return end < text.Length && end - start > 1 ? end - 1 : end;
    }

    private static int RunEnd(ReadOnlySpan<char> text, int end, Kind kind)
    {
        while (end < text.Length && KindAt(text, end, out var width) == kind)
            end += width;
        return end;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int at, out int width)
    {
        var first = text[at];
        width = 1;
        if (char.IsAscii(first))
        {
            return char.IsAsciiLetter(first) ? Kind.Letter
                : char.IsAsciiDigit(first) ? Kind.Number
                : char.IsWhiteSpace(first) ? Kind.Space
                : Kind.Other;
        }
        Rune.DecodeFromUtf16(text[at..], out var rune, out width);
        return Rune.IsLetter(rune) ? Kind.Letter
            : Rune.IsNumber(rune) ? Kind.Number
            : Rune.IsWhiteSpace(rune) ? Kind.Space
            : Kind.Other;
    }
}
