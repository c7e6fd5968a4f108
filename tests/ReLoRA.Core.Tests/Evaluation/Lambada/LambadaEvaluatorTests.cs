using ReLoRA.Core.Evaluation.Lambada;
using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Evaluation.Lambada;

public sealed class LambadaEvaluatorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_last_word_alone_is_scored()
    {
        var evaluation = Open("""{"text": "1 2 3 4 "}""" + "\n" + """{"text": "5  6"}""");

        Assert.Equal([3, 1], evaluation.Items.Select(item => item.Alternatives[0].First));
        Assert.Equal([1, 2, 3, 4], evaluation.Items[0].Alternatives[0].Tokens);
        Assert.Equal(["4", "6"], evaluation.Table([Score(0, -1, true), Score(1, -1, true)]).Texts("word"));
    }

    [Fact]
    public void Accuracy_is_the_share_of_greedy_words_and_perplexity_is_a_words()
    {
        var evaluation = Open("""{"text": "1 2"}""" + "\n" + """{"text": "3 4"}""");

        var summary = evaluation.Summarize([Score(0, -1, true), Score(1, -3, false)]);

        Assert.Equal(0.5, Sources.Value(summary, "overall"));
        Assert.Equal(Math.Exp(2), Sources.Value(summary, "overall", "", "perplexity"), 1e-14);
        Assert.Empty(evaluation.Summarize([null, null]).Figures);
    }

    [Fact]
    public void A_text_of_one_word_is_told() =>
        Assert.Contains(
            "a.jsonl:1: 'text' has one word",
            Assert.Throws<UserFaultException>(() => Open("""{"text": " 1 "}""")).Message,
            StringComparison.Ordinal
        );

    private static ItemScore Score(int item, double value, bool greedy) => new(item, [new(value, 1, greedy)]);

    private IEvaluation Open(string lines)
    {
        File.WriteAllText(folder.File("a.jsonl"), lines);
        return new LambadaEvaluator().Open(Sources.Of(folder.Path));
    }
}
