using ReLoRA.Data.Building;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Building;

public sealed class DatasetBuilderTests
{
    private static readonly string[] Texts = ["the cat sat on the mat", "", "the hat; the cat's hat", "mat"];

    [Theory]
    [InlineData(4, 2)]
    [InlineData(4, 1000)]
    [InlineData(1, 3)]
    public void Rows_are_the_documents_with_their_ends_cut_without_gap_or_overlap(int sequence, int rowsPerShard)
    {
        using var folder = new TemporaryFolder();
        var manifest = DatasetBuilder.Build(
            Options(folder) with
            {
                SequenceLength = sequence,
                RowsPerShard = rowsPerShard,
            }
        );
        var expected = Texts
            .Where(text => text.Length > 0)
            .SelectMany(text => SmallTokenizer.Tokenizer.Encode(text).Append(0))
            .ToList();
        var rows = expected.Chunk(sequence + 1).Where(row => row.Length == sequence + 1).ToList();
        Assert.Equal(rows.Count, manifest.Rows);
        Assert.Equal(expected.Count - rows.Count * (sequence + 1), manifest.DroppedTokens);
        Assert.Equal((rows.Count + rowsPerShard - 1) / rowsPerShard, manifest.Shards.Count);
        Assert.Equal(3, manifest.Documents);
        using var data = TokenDataset.Open(folder.File("out"));
        var found = new long[data.RowLength];
        for (var row = 0; row < rows.Count; row++)
        {
            data.ReadRow(row, found);
            Assert.Equal(rows[row], found.Select(id => (int)id));
        }
    }

    [Fact]
    public void Equal_input_gives_equal_bytes_in_any_folder()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        DatasetBuilder.Build(Options(one));
        DatasetBuilder.Build(Options(other));
        foreach (var file in Directory.GetFiles(one.File("out")))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(other.File("out", Path.GetFileName(file))));
    }

    [Fact]
    public void The_manifest_names_sources_and_tokenizer()
    {
        using var folder = new TemporaryFolder();
        var manifest = DatasetBuilder.Build(Options(folder));
        Assert.Equal(DataFiles.Sha256(folder.File("tokenizer.json")), manifest.TokenizerSha256);
        Assert.Equal(
            ("text.jsonl", DataFiles.Sha256(folder.File("text.jsonl"))),
            (manifest.Sources[0].File, manifest.Sources[0].Sha256)
        );
        Assert.Equal((SmallTokenizer.Definition.Size, 0), (manifest.VocabularySize, manifest.EndOfText));
    }

    [Fact]
    public void A_dataset_that_is_there_is_replaced_only_by_force()
    {
        using var folder = new TemporaryFolder();
        DatasetBuilder.Build(Options(folder) with { RowsPerShard = 1 });
        var fault = Assert.Throws<DataException>(() => DatasetBuilder.Build(Options(folder)));
        Assert.Equal(DataFault.Exists, fault.Fault);
        DatasetBuilder.Build(Options(folder) with { Force = true });
        Assert.Equal(
            ["manifest.json", "tokens-00000.arrow"],
            Directory.GetFiles(folder.File("out")).Select(Path.GetFileName).Order()
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Files_that_are_not_ours_are_never_touched(bool force)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("out"));
        File.WriteAllText(folder.File("out", "thesis.tex"), "mine");
        var fault = Assert.Throws<DataException>(() => DatasetBuilder.Build(Options(folder) with { Force = force }));
        Assert.Equal(DataFault.Exists, fault.Fault);
        Assert.Equal(["thesis.tex"], Directory.GetFiles(folder.File("out")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_build_that_replaces_and_fails_leaves_no_manifest()
    {
        using var folder = new TemporaryFolder();
        DatasetBuilder.Build(Options(folder));
        File.AppendAllText(folder.File("text.jsonl"), "no json\n");
        Assert.Throws<DataException>(() => DatasetBuilder.Build(Options(folder) with { Force = true }));
        Assert.False(File.Exists(folder.File("out", DatasetManifest.FileName)));
    }

    [Fact]
    public void Progress_tells_documents_and_tokens()
    {
        using var folder = new TemporaryFolder();
        var seen = new List<BuildProgress>();
        DatasetBuilder.Build(Options(folder), seen.Add);
        Assert.Equal([0, 3], seen.Select(state => state.Documents));
        Assert.True(seen[^1].Tokens > 0);
        Assert.Equal(new FileInfo(folder.File("text.jsonl")).Length, seen[^1].ReadBytes);
        Assert.Equal(seen[^1].AllBytes, seen[^1].ReadBytes);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(2_000_000, 10)]
    [InlineData(4, 0)]
    public void Sizes_out_of_range_are_refused(int sequence, int rowsPerShard)
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder) with { SequenceLength = sequence, RowsPerShard = rowsPerShard };
        Assert.Equal(DataFault.InvalidValue, Assert.Throws<DataException>(() => DatasetBuilder.Build(options)).Fault);
    }

    [Fact]
    public void Text_that_fills_no_row_is_refused()
    {
        using var folder = new TemporaryFolder();
        var fault = Assert.Throws<DataException>(() =>
            DatasetBuilder.Build(Options(folder) with { SequenceLength = 10_000 })
        );
        Assert.Equal(DataFault.TooSmall, fault.Fault);
        Assert.False(File.Exists(folder.File("out", DatasetManifest.FileName)));
    }

    private static BuildOptions Options(TemporaryFolder folder)
    {
        if (!File.Exists(folder.File("text.jsonl")))
            File.WriteAllLines(folder.File("text.jsonl"), Texts.Select(text => $"{{\"text\":\"{text}\"}}"));
        File.WriteAllBytes(folder.File("tokenizer.json"), TokenizerJsonWriter.Write(SmallTokenizer.Definition));
        return new BuildOptions
        {
            Inputs = [folder.File("text.jsonl")],
            Tokenizer = folder.File("tokenizer.json"),
            Output = folder.File("out"),
            SequenceLength = 4,
        };
    }
}
