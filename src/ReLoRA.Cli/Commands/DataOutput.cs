using System.Text.Json;

namespace ReLoRA.Cli.Commands;

/// <summary>How the data and tokenizer verbs print results.</summary>
internal static class DataOutput
{
    public static void WriteJson<T>(TextWriter output, T value) =>
        output.Write(JsonSerializer.Serialize(value, CommandJson.Options) + "\n");
}
