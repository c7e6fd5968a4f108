using System.Text.Json;
using ReLoRA.Data;

namespace ReLoRA.Core.Evaluation.Items;

/// <summary>One line of a file of JSON lines.</summary>
/// <param name="Place">File and line, for messages.</param>
/// <param name="Json">Its value.</param>
internal readonly record struct JsonLine(string Place, JsonElement Json)
{
    /// <summary>A field's text.</summary>
    /// <exception cref="UserFaultException">The field is missing, no text, or blank.</exception>
    public string Text(string field) =>
        Find(field)
        ?? throw new UserFaultException(
            $"{Place}: '{field}' is missing or empty; allowed: a text. Correct the line, or leave it out."
        );

    /// <summary>A field's text; null where it is missing, no text, or blank.</summary>
    public string? Find(string field) =>
        Json.ValueKind == JsonValueKind.Object
        && Json.TryGetProperty(field, out var value)
        && value.ValueKind == JsonValueKind.String
        && JsonText.Of(value) is var text
        && !string.IsNullOrWhiteSpace(text)
            ? text
            : null;

    /// <summary>A field's text or number as a text; empty where it has neither.</summary>
    public string Label(string field) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(field, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => JsonText.Of(value),
                JsonValueKind.Number => value.GetRawText(),
                _ => "",
            }
            : "";
}
