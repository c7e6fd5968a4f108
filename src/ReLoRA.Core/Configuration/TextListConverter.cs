using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReLoRA.Core.Configuration;

/// <summary>A list of texts that compares by value, as a JSON array.</summary>
internal sealed class TextListConverter : JsonConverter<EquatableList<string>>
{
    public override EquatableList<string> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => [.. JsonSerializer.Deserialize<string[]>(ref reader, options) ?? []];

    public override void Write(Utf8JsonWriter writer, EquatableList<string> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.ToArray(), options);
}
