using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReLoRA.Core.Configuration;

/// <summary>
/// Canonical JSON (RFC 8785): keys ordered by UTF-16 code units, no white space, numbers as ECMAScript prints them. Integers
/// past 2^53 are written as strings, since a reader that knows only doubles would change them.
/// </summary>
public static class CanonicalJson
{
    private const long LargestExactInteger = 1L << 53;

    /// <summary>Writes a tree of dictionaries, lists, texts, numbers and booleans.</summary>
    /// <param name="value">The tree.</param>
    /// <exception cref="ArgumentException">The tree holds a NaN, an infinity or a type JSON does not know.</exception>
    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case string words:
                text.Append('"')
                    .Append(JsonEncodedText.Encode(words, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))
                    .Append('"');
                break;
            case Enum named:
                Write(text, named.ToString());
                break;
            case int or long:
                WriteInteger(text, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number:
                text.Append(EcmaNumber.Format(number));
                break;
            case IReadOnlyDictionary<string, object?> map:
                WriteAll(text, '{', map.OrderBy(pair => pair.Key, StringComparer.Ordinal), '}', WritePair);
                break;
            case IEnumerable list:
                WriteAll(text, '[', list.Cast<object?>(), ']', Write);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} has no canonical JSON form.", nameof(value));
        }
    }

    private static void WritePair(StringBuilder text, KeyValuePair<string, object?> pair)
    {
        Write(text, pair.Key);
        text.Append(':');
        Write(text, pair.Value);
    }

    private static void WriteInteger(StringBuilder text, long number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        if (Math.Abs(number) <= LargestExactInteger)
            text.Append(digits);
        else
            text.Append('"').Append(digits).Append('"');
    }

    private static void WriteAll<T>(
        StringBuilder text,
        char open,
        IEnumerable<T> items,
        char close,
        Action<StringBuilder, T> write
    )
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(',');
            first = false;
            write(text, item);
        }
        text.Append(close);
    }
}
