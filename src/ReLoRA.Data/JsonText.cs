using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReLoRA.Data;

/// <summary>Strings of JSON, those with lone surrogates included, which <see cref="JsonElement.GetString"/> refuses.</summary>
public static class JsonText
{
    /// <summary>How texts are written: as they are, as far as JSON allows.</summary>
    internal static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of a JSON string. Lone surrogates become U+FFFD, as in every text that is written as UTF-8.</summary>
    /// <param name="element">The string.</param>
    public static string Of(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException) when (element.ValueKind == JsonValueKind.String)
        {
            return Unescaped(element.GetRawText().AsSpan()[1..^1]);
        }
    }

    /// <summary>What a JSON value is, in words.</summary>
    internal static string KindOf(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => "an array",
            JsonValueKind.Object => "an object",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            var other => $"{other}".ToLowerInvariant(),
        };

    // The parser has checked the escapes already; only what they stand for is left to find.
    private static string Unescaped(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\')
            {
                text.Append(raw[at]);
                continue;
            }
            text.Append(Escaped(raw[(at + 1)..]));
            at += raw[at + 1] == 'u' ? 5 : 1;
        }
        return WithoutLoneSurrogates(text.ToString());
    }

    private static char Escaped(ReadOnlySpan<char> escape) =>
        escape[0] switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => (char)ushort.Parse(escape.Slice(1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            var same => same,
        };

    private static string WithoutLoneSurrogates(string text)
    {
        var scalars = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            scalars.Append(rune.ToString());
        return scalars.ToString();
    }
}
