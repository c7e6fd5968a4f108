using System.Text.Json;
using ReLoRA.Data.Building;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Support;

/// <summary>Text to build datasets from.</summary>
internal static class BuildText
{
    /// <summary>Writes JSON lines of drawn texts, the same every time.</summary>
    public static string Lines(TemporaryFolder folder, string name, int count)
    {
        var path = folder.File(name);
        File.WriteAllLines(path, DrawnTexts.Of(count).Select(text => JsonSerializer.Serialize(new { text })));
        return path;
    }

    /// <summary>Options for small rows and shards.</summary>
    public static BuildOptions Options(TemporaryFolder folder, string input, string output)
    {
        var tokenizer = folder.File("tokenizer.json");
        if (!File.Exists(tokenizer))
            File.WriteAllBytes(tokenizer, TokenizerJsonWriter.Write(SmallTokenizer.Definition));
        return new BuildOptions
        {
            Inputs = [input],
            Tokenizer = tokenizer,
            Output = folder.File(output),
            SequenceLength = 7,
            RowsPerShard = 100,
        };
    }
}
