using System.Text.Json;

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
        Collect(json.RootElement, "", knobs);
        return knobs;
    }

    private static void Collect(JsonElement node, string path, Dictionary<string, object?> knobs)
    {
        foreach (var member in node.EnumerateObject())
        {
            var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (member.Value.ValueKind == JsonValueKind.Object)
                Collect(member.Value, name, knobs);
            else
                knobs[name] = Value(member.Value);
        }
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
