using System.Text;
using System.Text.Json;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Tokenizers;

/// <summary>Ids recorded from Hugging Face's library: Fixtures/README.md.</summary>
public sealed class HuggingFaceIdsTests
{
    [Fact]
    public void The_shipped_tokenizer_gives_the_recorded_ids() =>
        RequireRecordedIds(Repository.PathOf("datasets", "english", "tokenizer.json"), "english");

    [Fact]
    public void The_OLMo_tokenizer_gives_the_recorded_ids() => RequireRecordedIds(Olmo(), "olmo");

    [Fact]
    public void The_OLMo_tokenizer_gives_back_the_composed_text()
    {
        var tokenizer = ByteLevelTokenizer.Load(Olmo());
        foreach (var (text, _) in Recorded("olmo"))
            Assert.Equal(text.Normalize(NormalizationForm.FormC), tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Fact]
    public void The_OLMo_tokenizer_names_its_end_of_text()
    {
        var tokenizer = ByteLevelTokenizer.Load(Olmo());
        Assert.Equal(50279, EndOfText.Find(tokenizer.Definition.AddedTokens, "olmo").Id);
        Assert.Equal(50280, tokenizer.VocabularySize);
    }

    private static string Olmo() =>
        SharedData.Require("data", "tokenizers", "olmo-gpt-neox-olmo-dolma-v1_5.tokenizer.json");

    private static void RequireRecordedIds(string path, string name)
    {
        var tokenizer = ByteLevelTokenizer.Load(path);
        Assert.All(Recorded(name), entry => Assert.Equal(entry.Ids, tokenizer.Encode(entry.Text)));
    }

    private static List<(string Text, int[] Ids)> Recorded(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Fixtures", $"hugging-face-ids.{name}.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return
        [
            .. document
                .RootElement.EnumerateArray()
                .Select(entry =>
                    (
                        entry.GetProperty("text").GetString()!,
                        entry.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray()
                    )
                ),
        ];
    }
}
