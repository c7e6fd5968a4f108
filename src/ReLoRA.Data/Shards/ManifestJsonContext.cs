using System.Text.Json.Serialization;

namespace ReLoRA.Data.Shards;

/// <summary>How a manifest's members are read and written, made when the project is built.</summary>
[JsonSerializable(typeof(DatasetManifest))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class ManifestJsonContext : JsonSerializerContext;
