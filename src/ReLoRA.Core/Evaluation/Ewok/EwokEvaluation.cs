using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Ewok;

/// <summary>What scores of contexts and targets mean: <see cref="EwokEvaluator"/>.</summary>
/// <param name="items">The items.</param>
/// <param name="rule">How a target's score is made of its tokens'.</param>
internal sealed class EwokEvaluation(IReadOnlyList<EwokItem> items, ScoreRule rule) : IEvaluation
{
    public IReadOnlyList<ScoredItem> Items { get; } = [.. items.Select(item => new ScoredItem(item.Sequences))];

    public IReadOnlyList<string> Remarks => [];

    public EvaluationSummary Summarize(IReadOnlyList<ItemScore?> scores)
    {
        var scored = Scored(scores);
        var domains = scored
            .GroupBy(one => one.Domain, one => one.Scores, StringComparer.Ordinal)
            .OrderBy(domain => domain.Key, StringComparer.Ordinal);
        return new EvaluationSummary(
            [
                .. scored.Count == 0 ? [] : Figures("overall", "", [.. scored.Select(one => one.Scores)]),
                .. domains.SelectMany(domain => Figures("domain", domain.Key, [.. domain])),
            ],
            [
                ("items", scored.Count),
                ("ties", scored.Sum(one => one.Scores.ByContext.Count(pair => pair.Own == pair.Other))),
            ]
        );
    }

    public ItemTable Table(IReadOnlyList<ItemScore?> scores)
    {
        var scored = Scored(scores);
        return new ItemTable([
            new("item", scored.Select(one => one.Item).ToArray()),
            new("domain", scored.Select(one => one.Domain).ToArray()),
            new("target1_context1", scored.Select(one => one.Scores.First).ToArray()),
            new("target1_context2", scored.Select(one => one.Scores.FirstElsewhere).ToArray()),
            new("target2_context2", scored.Select(one => one.Scores.Second).ToArray()),
            new("target2_context1", scored.Select(one => one.Scores.SecondElsewhere).ToArray()),
        ]);
    }

    private List<(long Item, string Domain, EwokScores Scores)> Scored(IReadOnlyList<ItemScore?> scores) =>
        [
            .. items
                .Zip(scores)
                .Select((one, place) => (Place: (long)place, Item: one.First, Score: one.Second))
                .Where(one => one.Score is not null)
                .Select(one => (one.Place, one.Item.Domain, Values(one.Score!.Alternatives))),
        ];

    private EwokScores Values(IReadOnlyList<SequenceScore> scores)
    {
        var values = scores.Select(score => rule == ScoreRule.Sum ? score.LogProbability : score.Mean).ToArray();
        return new EwokScores(values[0], values[1], values[2], values[3]);
    }

    private static IEnumerable<EvaluationFigure> Figures(string group, string name, IReadOnlyList<EwokScores> scores)
    {
        yield return Figure("accuracy", scores => scores.ByContext);
        yield return Figure("target_accuracy", scores => scores.ByTarget);

        EvaluationFigure Figure(string metric, Func<EwokScores, (double Own, double Other)[]> decisions)
        {
            var all = scores.SelectMany(decisions).ToList();
            var right = all.Count(pair => pair.Own > pair.Other);
            return new(
                group,
                name,
                metric,
                (double)right / all.Count,
                scores.Count,
                new Evidence.Share(right, all.Count)
            );
        }
    }
}
