using ReLoRA.Core.Evaluation.Blimp;
using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Evaluation.Blimp;

public sealed class BlimpEvaluatorTests : IDisposable
{
    /// <summary>Sums of up to 16 logarithms, each as near as logits must be.</summary>
    private const int Tokens = 16;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("f64", null, ScoreRule.Sum)]
    [InlineData("f64", null, ScoreRule.Mean)]
    [InlineData("f64", 0, ScoreRule.Sum)]
    [InlineData("f64", 0, ScoreRule.Mean)]
    [InlineData("f32", null, ScoreRule.Sum)]
    [InlineData("f32", 0, ScoreRule.Mean)]
    public void Scores_and_winners_are_the_recorded_ones(string precision, int? start, ScoreRule rule)
    {
        var json = Golden.Json("blimp_scoring", "scores.json");
        var mode = GoldenMode.Of(precision);
        File.WriteAllLines(
            folder.File("a.jsonl"),
            json["pairs"]!
                .AsArray()
                .Select(pair =>
                    Line("a", string.Join(' ', pair!["good"]!.AsArray()), string.Join(' ', pair["bad"]!.AsArray()))
                )
        );
        using var model = Golden.Decoder("main", SmallRuns.Config with { Precision = mode.Precision });
        var evaluation = new BlimpEvaluator().Open(Sources.Of(folder.Path) with { StartToken = start, Score = rule });
        var scores = new SequenceScorer(model).Score(evaluation.Items).OrderBy(score => score.Item).ToList();

        var table = evaluation.Table(scores);
        var (good, bad) = (table.Numbers("good_score")!, table.Numbers("bad_score")!);
        var (right, ties) = (table.Numbers("right")!, table.Numbers("tie")!);
        var (startKey, ruleKey) = (
            start is null ? "no_start_token" : "start_token_0",
            rule == ScoreRule.Sum ? "sum" : "mean"
        );
        var recorded = json["modes"]![precision]!["pairs"]!.AsArray();
        for (var pair = 0; pair < recorded.Count; pair++)
        {
            var expected = recorded[pair]![startKey]!;
            Golden.Near(expected["good"]![ruleKey]!, good[pair], mode.Values * Tokens);
            Golden.Near(expected["bad"]![ruleKey]!, bad[pair], mode.Values * Tokens);
            var winner = (string)expected[$"winner_{ruleKey}"]!;
            Assert.Equal(winner == "good", right[pair] == 1);
            Assert.Equal(winner == "tie", ties[pair] == 1);
        }
        Golden.Near(
            json["modes"]![precision]!["accuracy"]![$"{startKey}.{ruleKey}"]!,
            Sources.Value(evaluation.Summarize(scores), "overall"),
            tolerance: 0
        );
    }

    [Fact]
    public void Groups_are_means_of_their_paradigms_and_selection_counts_as_argument_structure()
    {
        File.WriteAllLines(
            folder.File("a.jsonl"),
            [
                Line("one", "1 2", "1 3", "argument_structure"),
                Line("one", "1 2", "1 4", "argument_structure"),
                Line("two", "1 2", "1 5", "s-selection"),
                Line("three", "1 2", "1 6", "binding"),
            ]
        );
        var evaluation = new BlimpEvaluator().Open(Sources.Of(folder.Path));

        var summary = evaluation.Summarize(Sources.Scores(evaluation, [-1, -2], [-2, -1], [-1, -2], [-2, -2]));

        Assert.Equal(0.5, Sources.Value(summary, "paradigm", "one"));
        Assert.Equal(0.5, Sources.Value(summary, "term", "argument_structure"));
        Assert.Equal(1, Sources.Value(summary, "term", "s-selection"));
        Assert.Equal(0.75, Sources.Value(summary, "phenomenon", "argument_structure"));
        Assert.Equal(0, Sources.Value(summary, "phenomenon", "binding"));
        Assert.Equal(0.5, Sources.Value(summary, "overall"), 1e-15);
        Assert.Equal([("pairs", 4), ("ties", 1)], summary.Counts);
        Assert.Single(summary.Remarks, remark => remark.Contains("three", StringComparison.Ordinal));
        // Paradigms of two sizes: their mean is no share of all pairs.
        Assert.IsType<Evidence.Ratio>(summary.Figures[0].Evidence);
        Assert.Equal(new Evidence.Share(1, 2), summary.Figures.Single(one => one.Name == "one").Evidence);
    }

    [Fact]
    public void A_suite_without_terms_has_paradigms_only()
    {
        File.WriteAllLines(folder.File("a.jsonl"), [Line("one", "1 2", "1 3"), Line("two", "1 2", "1 3")]);
        var evaluation = new BlimpEvaluator().Open(Sources.Of(folder.Path));

        var summary = evaluation.Summarize(Sources.Scores(evaluation, [-1, -2], [-2, -1]));

        Assert.Equal(["overall", "paradigm", "paradigm"], summary.Figures.Select(one => one.Group));
        Assert.Equal(new Evidence.Share(1, 2), summary.Figures[0].Evidence);
    }

    [Fact]
    public void What_has_no_score_yet_is_in_no_figure()
    {
        File.WriteAllLines(folder.File("a.jsonl"), [Line("one", "1 2", "1 3"), Line("two", "1 2", "1 3")]);
        var evaluation = new BlimpEvaluator().Open(Sources.Of(folder.Path));
        var scores = Sources.Scores(evaluation, [-1, -2], [-2, -1]);

        Assert.Equal(1, Sources.Value(evaluation.Summarize([scores[0], null]), "overall"));
        Assert.Equal(1, evaluation.Table([scores[0], null]).Rows);
        Assert.Empty(evaluation.Summarize([null, null]).Figures);
    }

    [Fact]
    public void Identical_and_close_pairs_are_stated()
    {
        File.WriteAllLines(
            folder.File("a.jsonl"),
            [Line("same", "1 2", "1 2"), Line("near", "1 2", "1 3"), Line("far", "1 2", "1 3")]
        );
        var evaluation = new BlimpEvaluator().Open(Sources.Of(folder.Path));

        // The same tokens are a tie though rounding tells them apart.
        var summary = evaluation.Summarize(Sources.Scores(evaluation, [-1, -1.00001], [-1, -1.00001], [-1, -2]));

        Assert.Equal(("ties", 1), summary.Counts[1]);
        Assert.Contains("same", Assert.Single(evaluation.Remarks), StringComparison.Ordinal);
        Assert.Contains("near", Assert.Single(summary.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_are_spread_evenly_over_each_paradigm()
    {
        File.WriteAllLines(
            folder.File("a.jsonl"),
            Enumerable.Range(0, 10).Select(pair => Line(pair < 7 ? "long" : "short", $"{pair} 1", "1 2"))
        );
        var evaluation = new BlimpEvaluator().Open(Sources.Of(folder.Path) with { Samples = 3 });

        Assert.Equal([0, 2, 4, 7, 8, 9], evaluation.Items.Select(item => item.Alternatives[0].Tokens[0]));
    }

    [Fact]
    public void Sentences_that_the_model_cannot_score_are_told_with_file_line_and_field()
    {
        var place = folder.File("a.jsonl");
        Assert.StartsWith($"{place}:1: 'sentence_bad' is 66 tokens long", Fault(Numbers(66)), StringComparison.Ordinal);
        Assert.StartsWith($"{place}:1: 'sentence_bad' has the token 199", Fault("1 199"), StringComparison.Ordinal);
        Assert.StartsWith($"{place}:1: 'sentence_bad' is 1 token long", Fault("1"), StringComparison.Ordinal);
        Assert.StartsWith($"{place}:1: 'sentence_bad' is missing or empty", Fault(""), StringComparison.Ordinal);
        Assert.Contains(
            "start token is 199; allowed: 0 to 198",
            Assert.Throws<UserFaultException>(() => Open(199, "1")).Message,
            StringComparison.Ordinal
        );
        // After a start token one is enough.
        Assert.Equal([0, 1], Open(0, "1").Items[0].Alternatives[1].Tokens);
        Assert.Equal(65, Open(null, Numbers(65)).Items[0].Length);

        string Fault(string bad) => Assert.Throws<UserFaultException>(() => Open(null, bad)).Message;
    }

    private IEvaluation Open(int? start, string bad)
    {
        File.WriteAllText(folder.File("a.jsonl"), Line("one", "1 2", bad));
        return new BlimpEvaluator().Open(Sources.Of(folder.Path) with { StartToken = start });
    }

    private static string Numbers(int count) => string.Join(' ', Enumerable.Repeat("7", count));

    private static string Line(string uid, string good, string bad, string? term = null) =>
        $$"""{"sentence_good": "{{good}}", "sentence_bad": "{{bad}}", "UID": "{{uid}}"{{(
            term is null ? "" : $", \"linguistics_term\": \"{term}\""
        )}}}""";
}
