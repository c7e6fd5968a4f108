using ReLoRA.Core.Evaluation;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Evaluation;

public sealed class MinimalPairSuiteTests : IDisposable
{
    private const string Good = """{"sentence_good": "The dog runs.", "sentence_bad": "The dog run.", "UID": "verb"}""";

    private static readonly string TokenizerPath = Repository.PathOf("datasets", "english", "tokenizer.json");
    private static readonly ITextTokenizer Tokenizer = TextTokenizer.Open(TokenizerPath);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_are_read_by_name_and_line()
    {
        File.WriteAllText(folder.File("b.jsonl"), Good + "\n");
        File.WriteAllText(
            folder.File("a.jsonl"),
            Good.Replace("verb", "other", StringComparison.Ordinal) + "\n\n" + Good
        );

        var suite = MinimalPairSuite.Open(folder.Path + "/", Tokenizer);

        Assert.Equal(Path.GetFileName(folder.Path), suite.Name);
        Assert.Equal(["other", "verb", "verb"], suite.Pairs.Select(pair => pair.Paradigm));
        Assert.Equal(Tokenizer.Encode("The dog runs."), suite.Pairs[0].Good);
        Assert.Equal(Tokenizer.Encode("The dog run."), suite.Pairs[0].Bad);
    }

    [Theory]
    [InlineData("{", "this is no JSON")]
    [InlineData("[]", "'UID' is missing or empty")]
    [InlineData("""{"UID": "a", "sentence_good": "The dog runs."}""", "'sentence_bad' is missing or empty")]
    [InlineData("""{"UID": "a", "sentence_good": " ", "sentence_bad": "x y"}""", "'sentence_good' is missing or empty")]
    [InlineData("""{"UID": "a", "sentence_good": 3, "sentence_bad": "x y"}""", "'sentence_good' is missing or empty")]
    [InlineData("""{"UID": "a", "sentence_good": "x", "sentence_bad": "x y"}""", "'sentence_good' is 1 token long")]
    public void A_malformed_line_is_told_with_file_and_line(string line, string expected)
    {
        File.WriteAllText(folder.File("some.jsonl"), $"{Good}\n{line}\n");

        var fault = Assert.Throws<UserFaultException>(() => MinimalPairSuite.Open(folder.Path, Tokenizer));

        Assert.StartsWith($"{folder.File("some.jsonl")}:2: {expected}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_pairs_is_refused_with_the_remedy() =>
        Assert.Contains(
            "holds no minimal pairs",
            Assert.Throws<UserFaultException>(() => MinimalPairSuite.Open(folder.File("no"), Tokenizer)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Another_tokenizer_than_the_datas_is_refused()
    {
        File.WriteAllText(folder.File("a.jsonl"), Good);
        var fault = Assert.Throws<UserFaultException>(() =>
            MinimalPairSuite.Open(folder.Path, TokenizerPath, new string('0', 64))
        );
        Assert.StartsWith(
            $"{TokenizerPath} is not the tokenizer of the training data",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_sentence_longer_than_the_model_is_refused()
    {
        File.WriteAllText(folder.File("a.jsonl"), Good);
        var suite = MinimalPairSuite.Open(folder.Path, Tokenizer);
        suite.RequireFits(128);
        Assert.Throws<UserFaultException>(() => suite.RequireFits(1));
    }
}
