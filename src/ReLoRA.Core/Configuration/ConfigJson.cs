using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace ReLoRA.Core.Configuration;

/// <summary>Writes a configuration as canonical JSON and reads it back. The keys are the knobs' names.</summary>
public static class ConfigJson
{
    /// <summary>The whole configuration, evaluation and checkpoints included, as canonical JSON on one line.</summary>
    /// <param name="config">The configuration to write.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static string Write(RunConfig config) => CanonicalJson.Write(Tree(config));

    /// <summary>Reads what <see cref="Write"/> wrote. Knobs that the text lacks take their defaults.</summary>
    /// <param name="text">JSON text.</param>
    /// <exception cref="FormatException">The text is no JSON, names an unknown knob, or gives one a value of another type.</exception>
    public static RunConfig Read(string text) => Read(text, null);

    /// <summary>Reads what <see cref="Write"/> wrote, where much of it was read before in the same words.</summary>
    /// <param name="text">JSON text.</param>
    /// <param name="seen">Parts of configurations that were read before; takes those of this one. Null: none.</param>
    /// <exception cref="FormatException">The text is no JSON, names an unknown knob, or gives one a value of another type.</exception>
    public static RunConfig Read(string text, ConfigParts? seen)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return (RunConfig)ReadNode(typeof(RunConfig), document.RootElement, "", seen);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The configuration is not JSON: {e.Message}", e);
        }
    }

    private static Dictionary<string, object?> Tree(object node) =>
        KnobProperties
            .Of(node.GetType())
            .ToDictionary(
                property => property.Name,
                property =>
                    KnobProperties.IsNode(property) ? Tree(property.GetValue(node)!)
                    : KnobProperties.NodesIn(property, property.GetValue(node)) is { } nodes ? nodes.Select(Tree)
                    : property.GetValue(node)
            );

    private static object ReadNode(Type type, JsonElement json, string path, ConfigParts? seen)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Wrong(path.Length == 0 ? "The configuration" : path, json, "an object");
        var node = Activator.CreateInstance(type)!;
        var knobs = KnobProperties.ByName(type);
        foreach (var member in json.EnumerateObject())
        {
            var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (!knobs.TryGetValue(member.Name, out var knob))
                throw new FormatException(
                    $"{name} is not a knob of this version. Known here: {string.Join(", ", knobs.Keys)}."
                );
            knob.SetValue(node, ReadValue(knob, member.Value, name, seen));
        }
        return node;
    }

    private static object ReadValue(PropertyInfo knob, JsonElement json, string path, ConfigParts? seen)
    {
        if (KnobProperties.ItemType(knob) is not { } item)
            return ReadValue(knob.PropertyType, json, path, seen);
        if (json.ValueKind != JsonValueKind.Array)
            throw Wrong(path, json, "a list");
        return EquatableList.Of(
            item,
            json.EnumerateArray().Select((value, i) => ReadValue(item, value, $"{path}[{i}]", seen))
        );
    }

    private static object ReadValue(Type type, JsonElement json, string path, ConfigParts? seen)
    {
        if (KnobProperties.IsNode(type))
            return seen is null
                ? ReadNode(type, json, path, null)
                : seen.Of(type, json.GetRawText(), () => ReadNode(type, json, path, seen));
        if (type == typeof(int) && json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var small))
            return small;
        if (type == typeof(long) && Integer(json) is { } integer)
            return integer;
        if (type == typeof(double) && json.ValueKind == JsonValueKind.Number)
            return json.GetDouble();
        if (type == typeof(bool) && json.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return json.GetBoolean();
        if (type == typeof(string) && json.ValueKind == JsonValueKind.String)
            return json.GetString()!;
        if (type == typeof(EquatableList<ProbeConfig>) && json.ValueKind == JsonValueKind.Array)
            return EquatableList.Create<ProbeConfig>([
                .. json.EnumerateArray()
                    .Select((item, i) => (ProbeConfig)ReadNode(typeof(ProbeConfig), item, $"{path}[{i}]", seen)),
            ]);
        if (type.IsEnum && json.ValueKind == JsonValueKind.String)
            return Enum.IsDefined(type, json.GetString()!)
                ? Enum.Parse(type, json.GetString()!)
                : throw Wrong(path, json, string.Join(", ", Enum.GetNames(type)));
        throw Wrong(path, json, type == typeof(string) ? "a text" : $"a value of type {type.Name}");
    }

    /// <summary>Canonical JSON writes integers past 2^53 as texts.</summary>
    private static long? Integer(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Number when json.TryGetInt64(out var number) => number,
            JsonValueKind.String
                when long.TryParse(
                    json.GetString(),
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => number,
            _ => null,
        };

    private static FormatException Wrong(string path, JsonElement json, string allowed) =>
        new($"{path} is {json.GetRawText()}; allowed: {allowed}.");
}
