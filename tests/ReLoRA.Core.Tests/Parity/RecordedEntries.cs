using System.Text.Json;
using System.Text.Json.Nodes;
using ReLoRA.Core.Safetensors;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Parity;

/// <summary>Every tensor and number that a recorded file holds.</summary>
internal static class RecordedEntries
{
    /// <summary>The recorded files that hold numbers, each relative to the reference data.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Directory
            .EnumerateFiles(SharedData.Require("golden"), "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".json", StringComparison.Ordinal) || IsTensors(path))
            .Select(path => Path.GetRelativePath(SharedData.Require(), path).Replace('\\', '/'))
            .Append("reference/init_seed42_golden.json")
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Of(string file)
    {
        var path = SharedData.Require(file.Split('/'));
        if (!IsTensors(path))
            return [.. Numbers(JsonNode.Parse(File.ReadAllText(path)))];
        using var reader = SafetensorsReader.Open(path);
        return [.. reader.Tensors.Select(tensor => tensor.Name)];
    }

    private static bool IsTensors(string path) => path.EndsWith(".safetensors", StringComparison.Ordinal);

    private static IEnumerable<string> Numbers(JsonNode? node) =>
        node switch
        {
            JsonObject json => json.SelectMany(entry => Numbers(entry.Value)),
            JsonArray array => array.SelectMany(Numbers),
            JsonValue value when IsNumber(value) => [value.GetPath()],
            _ => [],
        };

    private static bool IsNumber(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.Number
        || (value.GetValueKind() == JsonValueKind.String && (string)value! is "NaN" or "Infinity" or "-Infinity");
}
