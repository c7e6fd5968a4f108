using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReLoRA.Results.Tables;

/// <summary>Values of a log as JSON on one line. Numbers that JSON does not know are the texts <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>; bytes are Base64.</summary>
public static class LogJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a value.</summary>
    /// <param name="value">A text, number, boolean or null, bytes, or a list or map of these.</param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static string Write(object? value)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
            Write(json, value);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Writes a value.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="value">As above.</param>
    /// <exception cref="ArgumentException">It is of a type that no log holds.</exception>
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteStringValue(Name(number));
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case IReadOnlyDictionary<string, object?> map:
                json.WriteStartObject();
                foreach (var (key, item) in map)
                {
                    json.WritePropertyName(key);
                    Write(json, item);
                }
                json.WriteEndObject();
                break;
            case IEnumerable<object?> items:
                json.WriteStartArray();
                foreach (var item in items)
                    Write(json, item);
                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"a log holds no {value.GetType()}", nameof(value));
        }
    }

    private static string Name(double number) =>
        double.IsNaN(number) ? "NaN"
        : number > 0 ? "Infinity"
        : "-Infinity";
}
