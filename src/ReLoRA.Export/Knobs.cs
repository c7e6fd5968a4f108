using System.Text.Json;
using ReLoRA.Results.Runs;

namespace ReLoRA.Export;

/// <summary>The knobs of a configuration by their paths, for example <c>LowRank.Rank</c>. Lists are JSON text.</summary>
internal static class Knobs
{
    /// <summary>Reads them: long, double, bool, string or null each.</summary>
    /// <exception cref="JsonException">The text is no JSON object.</exception>
    public static IReadOnlyDictionary<string, object?> Of(string config)
    {
        using var json = JsonDocument.Parse(config);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("the configuration is no JSON object");
        var knobs = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (path, value) in ConfigLeaves.Of(json.RootElement))
            knobs[path] = Value(value);
        return knobs;
    }

    private static object? Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
            _ => value.GetRawText(),
        };
}
