using System.Text;
using System.Text.Json.Nodes;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Data.Tokenizers.Training;

namespace ReLoRA.Data.Tests.Support;

/// <summary>A tokenizer trained on a few words, and its tokenizer.json with changes.</summary>
internal static class SmallTokenizer
{
    public static TokenizerDefinition Definition { get; } =
        Train("the cat sat on the mat; the cat's hat. the the the", 280);

    public static ByteLevelTokenizer Tokenizer { get; } = new(Definition);

    public static TokenizerDefinition Train(string text, int size)
    {
        var words = new WordCounts();
        words.Add(text);
        return BpeTrainer.Train(words, size);
    }

    /// <summary>The tokenizer.json after a change.</summary>
    public static byte[] Json(Action<JsonNode> change)
    {
        var json = JsonNode.Parse(TokenizerJsonWriter.Write(Definition))!;
        change(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }
}
