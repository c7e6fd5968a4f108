using System.Text.Json;
using ReLoRA.Data.Building;
using ReLoRA.Data.Inspection;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tokenizers.Training;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests;

/// <summary>What lies in datasets/english.</summary>
public sealed class ShippedDataTests
{
    private const long LargestSize = 8_000_000;
    private static readonly string[] Domains = ["devil", "jargon", "novels", "scripture"];
    private static readonly string English = Repository.PathOf("datasets", "english");

    [Fact]
    public void Every_file_is_in_the_manifest_with_its_checksum()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(English, "MANIFEST.json")));
        var parts = manifest.RootElement.GetProperty("parts").EnumerateArray().ToList();
        var listed = parts.Select(part =>
            (part.GetProperty("file").GetString()!, part.GetProperty("sha256").GetString()!)
        );
        var present = Directory
            .EnumerateFiles(English, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(English, file).Replace('\\', '/'), DataFiles.Sha256(file)))
            .Where(file => file.Item1 != "MANIFEST.json");
        Assert.Equal(listed.Order(), present.Order());
        Assert.True(manifest.RootElement.GetProperty("bytes").GetInt64() < LargestSize);
    }

    [Fact]
    public void Every_dataset_is_sound_and_made_with_the_shipped_tokenizer()
    {
        foreach (var folder in Folders())
        {
            var manifest = DatasetVerification.Verify(folder, Path.Combine(English, "tokenizer.json"));
            Assert.Equal((129, 4096, 0), (manifest.RowLength, manifest.VocabularySize, manifest.EndOfText));
        }
    }

    [Fact]
    public void No_document_is_in_two_splits()
    {
        foreach (var domain in Domains)
        {
            var texts = new[] { "train", "validation", "test" }.SelectMany(split =>
                Texts($"{domain}.{split}.jsonl.gz").Distinct()
            );
            Assert.DoesNotContain(texts.GroupBy(text => text, StringComparer.Ordinal), group => group.Count() > 1);
        }
    }

    [Fact]
    public void The_unigram_figures_are_those_of_the_shipped_data()
    {
        using var recorded = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(English, "unigram.json")));
        var report = UnigramReport.Create(
            Path.Combine(English, "train"),
            Domains.Select(domain => Path.Combine(English, "validation", domain))
        );
        Assert.Equal(
            recorded.RootElement.GetProperty("overall").GetProperty("cross_entropy").GetDouble(),
            report.Overall.CrossEntropy
        );
        Assert.Equal(recorded.RootElement.GetProperty("train_manifest_sha256").GetString(), report.TrainManifestSha256);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void The_shipped_text_gives_the_shipped_tokenizer_and_shards()
    {
        using var folder = new TemporaryFolder();
        var train = Domains.Select(domain => Text($"{domain}.train.jsonl.gz")).ToList();
        var tokenizer = folder.File("tokenizer.json");
        TokenizerTraining.Run(new TrainingOptions { Inputs = train, Output = tokenizer });
        Assert.Equal(DataFiles.Sha256(Path.Combine(English, "tokenizer.json")), DataFiles.Sha256(tokenizer));
        RequireRebuilt("train", train);
        foreach (var split in new[] { "validation", "test" })
        {
            foreach (var domain in Domains)
                RequireRebuilt($"{split}/{domain}", [Text($"{domain}.{split}.jsonl.gz")]);
        }

        void RequireRebuilt(string name, IReadOnlyList<string> inputs)
        {
            DatasetBuilder.Build(
                new BuildOptions
                {
                    Inputs = inputs,
                    Tokenizer = tokenizer,
                    Output = folder.File(name),
                }
            );
            using var shipped = TokenDataset.Open(Path.Combine(English, name));
            using var rebuilt = TokenDataset.Open(folder.File(name));
            // The manifest holds the shards' checksums, so equal hashes mean equal bytes throughout.
            Assert.Equal(shipped.ManifestHash, rebuilt.ManifestHash);
        }
    }

    private static IEnumerable<string> Folders() =>
        Domains
            .SelectMany(domain => new[] { $"validation/{domain}", $"test/{domain}" })
            .Prepend("train")
            .Select(name => Path.Combine(English, name));

    private static string Text(string name) => Path.Combine(English, "text", name);

    private static IEnumerable<string> Texts(string name) => Documents.Read(new InputFile(Text(name), name));
}
