using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Blimp;

/// <summary>What scores of minimal pairs mean: <see cref="BlimpEvaluator"/>.</summary>
/// <param name="pairs">The pairs.</param>
/// <param name="rule">How a sentence's score is made of its tokens'.</param>
internal sealed class BlimpEvaluation(IReadOnlyList<MinimalPair> pairs, ScoreRule rule) : IEvaluation
{
    /// <summary>Sums move by less than this between batches of other sizes; a decision by a larger margin stays what it is.</summary>
    private const double CloseMargin = 1e-4;

    private const int ListedPairs = 20;

    public IReadOnlyList<ScoredItem> Items { get; } =
    [.. pairs.Select(pair => new ScoredItem([new ScoredSequence(pair.Good), new ScoredSequence(pair.Bad)]))];

    public IReadOnlyList<string> Remarks { get; } = Same([.. pairs.Where(pair => pair.IsSame)]);

    public EvaluationSummary Summarize(IReadOnlyList<ItemScore?> scores)
    {
        var judged = Judged(scores);
        return new EvaluationSummary(
            [
                .. Figures("overall", judged, _ => ""),
                .. Figures("phenomenon", judged, pair => pair.Term is { } term ? BlimpPhenomena.Of(term) : null),
                .. Figures("term", judged, pair => pair.Term),
                .. Figures("paradigm", judged, pair => pair.Paradigm),
            ],
            [("pairs", judged.Count), ("ties", judged.Count(one => one.Outcome == PairOutcome.Tie))]
        )
        {
            Remarks = Close(judged),
        };
    }

    public ItemTable Table(IReadOnlyList<ItemScore?> scores)
    {
        var judged = Judged(scores);
        return new ItemTable([
            new("paradigm", judged.Select(one => one.Pair.Paradigm).ToArray()),
            new("term", judged.Select(one => one.Pair.Term ?? "").ToArray()),
            new("pair_id", judged.Select(one => one.Pair.Id).ToArray()),
            new("good_score", judged.Select(one => one.Score.Good).ToArray()),
            new("bad_score", judged.Select(one => one.Score.Bad).ToArray()),
            new("good_tokens", judged.Select(one => one.Tokens.Good).ToArray()),
            new("bad_tokens", judged.Select(one => one.Tokens.Bad).ToArray()),
            new("right", judged.Select(one => one.Outcome == PairOutcome.Right).ToArray()),
            new("tie", judged.Select(one => one.Outcome == PairOutcome.Tie).ToArray()),
        ]);
    }

    /// <summary>The pairs of each paradigm, by name, in the order of the data.</summary>
    internal IEnumerable<IGrouping<string, JudgedPair>> Paradigms(IReadOnlyList<ItemScore?> scores) =>
        Judged(scores)
            .GroupBy(one => one.Pair.Paradigm, StringComparer.Ordinal)
            .OrderBy(paradigm => paradigm.Key, StringComparer.Ordinal);

    /// <summary>Both sentences' scores.</summary>
    internal PairScore ScoreOf(ItemScore score) => new(Value(score.Alternatives[0]), Value(score.Alternatives[1]));

    private List<JudgedPair> Judged(IReadOnlyList<ItemScore?> scores) =>
        [
            .. pairs
                .Zip(scores)
                .Where(one => one.Second is not null)
                .Select(one => new JudgedPair(
                    one.First,
                    ScoreOf(one.Second!),
                    (one.Second!.Alternatives[0].Tokens, one.Second.Alternatives[1].Tokens)
                )),
        ];

    private double Value(SequenceScore score) => rule == ScoreRule.Sum ? score.LogProbability : score.Mean;

    private static IEnumerable<EvaluationFigure> Figures(
        string group,
        IEnumerable<JudgedPair> judged,
        Func<MinimalPair, string?> nameOf
    ) =>
        judged
            .Select(one => (Name: nameOf(one.Pair), One: one))
            .Where(one => one.Name is not null)
            .GroupBy(one => one.Name!, one => one.One, StringComparer.Ordinal)
            .OrderBy(named => named.Key, StringComparer.Ordinal)
            .Select(named => Figure(group, named.Key, [.. ByParadigm(named).Select(paradigm => paradigm.Counts)]));

    private static EvaluationFigure Figure(string group, string name, IReadOnlyList<PairCounts> paradigms) =>
        new(
            group,
            name,
            "accuracy",
            paradigms.Average(counts => counts.Accuracy),
            paradigms.Sum(counts => counts.Pairs),
            PairCounts.EvidenceOf(paradigms)
        );

    private static IEnumerable<(string Paradigm, PairCounts Counts)> ByParadigm(IEnumerable<JudgedPair> judged) =>
        judged
            .GroupBy(one => one.Pair.Paradigm, one => one.Outcome, StringComparer.Ordinal)
            .OrderBy(paradigm => paradigm.Key, StringComparer.Ordinal)
            .Select(paradigm => (paradigm.Key, PairCounts.Of([.. paradigm])));

    private static IReadOnlyList<string> Same(IReadOnlyList<MinimalPair> same) =>
        same.Count == 0
            ? []
            : [$"{Pairs(same.Count)} of two sentences with the same tokens: a tie, whatever the model. {List(same)}"];

    private IReadOnlyList<string> Close(IEnumerable<JudgedPair> judged)
    {
        var close = judged
            .Where(one => !one.Pair.IsSame && Math.Abs(one.Score.Good - one.Score.Bad) < Margin(one))
            .Select(one => one.Pair)
            .ToList();
        return close.Count == 0
            ? []
            :
            [
                $"{Pairs(close.Count)} decided by less than 0.0001 nats of a sentence, which batches of another size may decide otherwise. {List(close)}",
            ];
    }

    private double Margin(JudgedPair pair) =>
        rule == ScoreRule.Sum ? CloseMargin : CloseMargin / Math.Min(pair.Tokens.Good, pair.Tokens.Bad);

    private static string Pairs(int count) => count == 1 ? "1 pair" : $"{count} pairs";

    private static string List(IReadOnlyCollection<MinimalPair> some) =>
        string.Join(", ", some.Take(ListedPairs).Select(pair => $"{pair.Paradigm} {pair.Id}".TrimEnd()))
        + (some.Count > ListedPairs ? " ..." : "");
}
