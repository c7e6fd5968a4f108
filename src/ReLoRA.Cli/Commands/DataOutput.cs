using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReLoRA.Cli.Commands;

/// <summary>How the data and tokenizer verbs print results.</summary>
internal static class DataOutput
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void WriteJson<T>(TextWriter output, T value) =>
        output.Write(JsonSerializer.Serialize(value, Layout) + "\n");
}
