using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Lambada;

/// <summary>What scores of last words mean: <see cref="LambadaEvaluator"/>.</summary>
internal sealed class LambadaEvaluation(IReadOnlyList<LambadaItem> items) : IEvaluation
{
    public IReadOnlyList<ScoredItem> Items { get; } = [.. items.Select(item => new ScoredItem([item.Sequence]))];

    public IReadOnlyList<string> Remarks => [];

    public EvaluationSummary Summarize(IReadOnlyList<ItemScore?> scores)
    {
        var words = Words(scores).Select(one => one.Score).ToList();
        if (words.Count == 0)
            return new EvaluationSummary([], [("texts", 0)]);
        var right = words.Count(word => word.IsGreedy);
        var losses = words.Select(word => -word.LogProbability).ToList();
        return new EvaluationSummary(
            [
                new(
                    "overall",
                    "",
                    "accuracy",
                    (double)right / words.Count,
                    words.Count,
                    new Evidence.Share(right, words.Count)
                ),
                new(
                    "overall",
                    "",
                    "perplexity",
                    Math.Exp(losses.Average()),
                    words.Count,
                    new Evidence.Ratio(
                        [new RatioPart(losses, [.. Enumerable.Repeat(1.0, losses.Count)])],
                        RatioTransform.Exponential
                    )
                ),
            ],
            [("texts", words.Count)]
        );
    }

    public ItemTable Table(IReadOnlyList<ItemScore?> scores)
    {
        var words = Words(scores);
        return new ItemTable([
            new("item", words.Select(one => one.Item).ToArray()),
            new("word", words.Select(one => one.Word).ToArray()),
            new("log_probability", words.Select(one => one.Score.LogProbability).ToArray()),
            new("tokens", words.Select(one => (long)one.Score.Tokens).ToArray()),
            new("right", words.Select(one => one.Score.IsGreedy).ToArray()),
        ]);
    }

    private List<(long Item, string Word, SequenceScore Score)> Words(IReadOnlyList<ItemScore?> scores) =>
        [
            .. items
                .Zip(scores)
                .Select((one, place) => (Place: (long)place, one.First.Word, Score: one.Second))
                .Where(one => one.Score is not null)
                .Select(one => (one.Place, one.Word, one.Score!.Alternatives[0])),
        ];
}
