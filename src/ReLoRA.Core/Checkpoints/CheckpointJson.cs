using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReLoRA.Core.Checkpoints;

/// <summary>How a checkpoint's JSON files are written.</summary>
internal static class CheckpointJson
{
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            WriteIndented = true,
            RespectRequiredConstructorParameters = true,
        };
}
