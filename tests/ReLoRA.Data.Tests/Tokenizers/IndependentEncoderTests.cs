using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ReLoRA.Data.Building;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Tokenizers;

/// <summary>Ids of the published tokenizers against Hugging Face's own library, by all the text of ../shared.</summary>
[Trait("Category", "Slow")]
public sealed class IndependentEncoderTests
{
    private const int BlimpSentences = 134_000;

    [Theory]
    [InlineData(SharedTokenizers.Olmo)]
    [InlineData(SharedTokenizers.NeoX)]
    [InlineData(SharedTokenizers.Gpt2)]
    public void All_sentences_of_BLiMP_have_the_ids_of_Hugging_Faces_library(string name)
    {
        var sentences = Blimp().ToList();
        Assert.Equal(BlimpSentences, sentences.Count);
        RequireEqual(name, sentences);
    }

    [Theory]
    [InlineData(SharedTokenizers.Olmo)]
    [InlineData(SharedTokenizers.NeoX)]
    [InlineData(SharedTokenizers.Gpt2)]
    public void All_shared_texts_have_the_ids_of_Hugging_Faces_library(string name)
    {
        var texts = InputFile.Find([SharedData.Require("data", "text")]).SelectMany(Documents.Read).ToList();
        Assert.True(texts.Count > 6000);
        RequireEqual(name, texts);
    }

    [Theory]
    [InlineData(SharedTokenizers.Olmo)]
    [InlineData(SharedTokenizers.NeoX)]
    [InlineData(SharedTokenizers.Gpt2)]
    public void Drawn_texts_of_every_script_have_the_ids_of_Hugging_Faces_library(string name) =>
        RequireEqual(name, DrawnTexts.Of(count: 20_000).ToList());

    private static void RequireEqual(string name, List<string> texts)
    {
        using var folder = new TemporaryFolder();
        HuggingFaceEncoder.Install(folder);
        var path = SharedTokenizers.Of(name, folder);
        var tokenizer = ByteLevelTokenizer.Load(path);
        var (at, ids, bytes) = (0, 0L, 0L);
        foreach (var expected in HuggingFaceEncoder.Encode(folder, path, texts))
        {
            var found = tokenizer.Encode(texts[at]);
            if (!expected.AsSpan().SequenceEqual(found.ToArray()))
                Assert.Fail(
                    $"{JsonSerializer.Serialize(texts[at])}: expected {Written(expected)}, found {Written(found)}"
                );
            bytes += Encoding.UTF8.GetByteCount(texts[at]);
            ids += expected.Length;
            at++;
        }
        Assert.Equal(texts.Count, at);
        TestContext.Current.SendDiagnosticMessage($"{name}: {at} texts, {bytes} bytes, {ids} ids, all equal");
    }

    private static string Written(IEnumerable<int> ids) => string.Join(' ', ids.Take(200));

    private static IEnumerable<string> Blimp()
    {
        using var file = File.OpenRead(SharedData.Require("data", "blimp", "blimp.tar.gz"));
        using var tar = new TarReader(new GZipStream(file, CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (!entry.Name.EndsWith(".jsonl", StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(entry.DataStream!);
            while (reader.ReadLine() is { } line)
            {
                using var json = JsonDocument.Parse(line);
                yield return json.RootElement.GetProperty("sentence_good").GetString()!;
                yield return json.RootElement.GetProperty("sentence_bad").GetString()!;
            }
        }
    }
}
