using ReLoRA.Core.Evaluation.Ewok;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Evaluation.Ewok;

public sealed class EwokEvaluatorTests : IDisposable
{
    private const string Line = """
        {"Domain": "space", "Context1": "1 2", "Context2": "3", "Target1": "4 5", "Target2": "6"}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Targets_are_scored_after_each_context_and_contexts_are_not()
    {
        var item = Assert.Single(Open(Line).Items);

        Assert.Equal(
            ["1 2|4 5", "3|4 5", "3|6", "1 2|6"],
            item.Alternatives.Select(sequence =>
                string.Join(' ', sequence.Tokens.Take(sequence.First))
                + "|"
                + string.Join(' ', sequence.Tokens.Skip(sequence.First))
            )
        );
        var withStart = Open(Line, start: 9).Items[0].Alternatives[1];
        Assert.Equal([9, 3, 4, 5], withStart.Tokens);
        Assert.Equal(2, withStart.First);
    }

    [Fact]
    public void Accuracy_compares_contexts_and_target_accuracy_compares_targets()
    {
        var other = Line.Replace("space", "time", StringComparison.Ordinal);
        var evaluation = Open($"{Line}\n{other}");

        // The first target after its own context and the other, then the second one so.
        var summary = evaluation.Summarize(Sources.Scores(evaluation, [-1, -2, -6, -5], [-3, -3, -1, -2]));

        Assert.Equal(0.5, Sources.Value(summary, "domain", "space"));
        // After the first context -1 against -5, after the second -6 against -2.
        Assert.Equal(0.5, Sources.Value(summary, "domain", "space", "target_accuracy"));
        Assert.Equal(0.5, Sources.Value(summary, "domain", "time"));
        Assert.Equal(0.5, Sources.Value(summary, "domain", "time", "target_accuracy"));
        Assert.Equal(new Evidence.Share(2, 4), summary.Figures[0].Evidence);
        Assert.Equal([("items", 2), ("ties", 1)], summary.Counts);
    }

    [Fact]
    public void A_line_without_a_target_is_told()
    {
        Assert.Contains(
            "a.jsonl:1: 'Target2' is missing or empty",
            Assert
                .Throws<UserFaultException>(() => Open(Line.Replace("Target2", "Target3", StringComparison.Ordinal)))
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "holds no items in EWoK's schema",
            Assert.Throws<UserFaultException>(() => Open("\n")).Message,
            StringComparison.Ordinal
        );
    }

    private IEvaluation Open(string lines, int? start = null)
    {
        File.WriteAllText(folder.File("a.jsonl"), lines);
        return new EwokEvaluator().Open(Sources.Of(folder.Path) with { StartToken = start });
    }
}
