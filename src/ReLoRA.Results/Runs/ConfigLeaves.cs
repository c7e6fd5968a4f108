using System.Text.Json;

namespace ReLoRA.Results.Runs;

/// <summary>The leaves of a configuration by their paths as a sweep script writes them, for example <c>LowRank.Rank</c>.</summary>
public static class ConfigLeaves
{
    /// <summary>Every value that is no object, in the order of the text. A list is one value: its items have no names of their own.</summary>
    /// <param name="config">The configuration. The leaves are of its document and live as long.</param>
    public static IEnumerable<(string Path, JsonElement Value)> Of(JsonElement config) => Of("", config);

    private static IEnumerable<(string Path, JsonElement Value)> Of(string path, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
            ? value
                .EnumerateObject()
                .SelectMany(member => Of(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value))
            : [(path, value)];
}
