using ReLoRA.Data.Building;
using ReLoRA.Data.Inspection;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Inspection;

public sealed class TokenStatisticsTests
{
    [Fact]
    public void Counts_lengths_and_entropy_are_those_of_the_tokens()
    {
        using var folder = new TemporaryFolder();
        using var data = Built(folder, "aa", "", "b", "aaaa");
        var statistics = TokenStatistics.Of(data, top: 2);
        var a = SmallTokenizer.Tokenizer.Encode("a")[0];
        Assert.Equal(10, statistics.Tokens);
        Assert.Equal([new TokenCount(a, 6), new TokenCount(0, 3)], statistics.MostFrequent);
        Assert.Equal(
            (3, 1, 2, 4),
            (
                statistics.Documents.Documents,
                statistics.Documents.Shortest,
                statistics.Documents.Median,
                statistics.Documents.Longest
            )
        );
        Assert.Equal(7.0 / 3, statistics.Documents.Mean, 12);
        Assert.Equal(3, statistics.Distinct);
        Assert.Equal(0.7, statistics.BytesPerToken, 12);
        Assert.Equal(-(0.6 * Math.Log2(0.6) + 0.3 * Math.Log2(0.3) + 0.1 * Math.Log2(0.1)), statistics.EntropyBits, 12);
    }

    [Fact]
    public void The_tokenizer_is_found_above_the_dataset_only_if_it_made_it()
    {
        using var folder = new TemporaryFolder();
        using var data = Built(folder, "aa", "bb");
        Assert.NotNull(DatasetTokenizer.Find(data, null));
        File.AppendAllText(folder.File("tokenizer.json"), "\n");
        Assert.Null(DatasetTokenizer.Find(data, null));
        var fault = Assert.Throws<DataException>(() => DatasetTokenizer.Find(data, folder.File("tokenizer.json")));
        Assert.Equal(DataFault.Mismatch, fault.Fault);
    }

    private static TokenDataset Built(TemporaryFolder folder, params string[] texts)
    {
        File.WriteAllLines(folder.File("a.jsonl"), texts.Select(text => $"{{\"text\":\"{text}\"}}"));
        DatasetBuilder.Build(BuildText.Options(folder, folder.File("a.jsonl"), "out") with { SequenceLength = 1 });
        return TokenDataset.Open(folder.File("out"));
    }
}
