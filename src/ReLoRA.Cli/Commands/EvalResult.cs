using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Cli.Commands;

/// <summary>What an evaluation found.</summary>
/// <param name="Title">Evaluator, model and data.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Counts">Counts by name.</param>
/// <param name="Scored">Items with scores.</param>
/// <param name="Items">All items.</param>
/// <param name="Remarks">What a reader must know.</param>
internal sealed record EvalResult(
    string Title,
    IReadOnlyList<EvalFigure> Figures,
    IReadOnlyList<(string Name, long Count)> Counts,
    int Scored,
    int Items,
    IReadOnlyList<string> Remarks
)
{
    public bool IsComplete => Scored == Items;

    public static EvalResult Of(EvalRequest request, IEvaluation evaluation, IReadOnlyList<ItemScore?> scores)
    {
        var summary = evaluation.Summarize(scores);
        var scored = scores.Count(score => score is not null);
        return new EvalResult(
            $"{request.Evaluator.Name} of {request.Model} on {request.Data}",
            [.. summary.Figures.Select(figure => new EvalFigure(figure, Intervals.Of(figure.Evidence)))],
            summary.Counts,
            scored,
            scores.Count,
            [.. Partial(scored, scores.Count), .. NotFinite(scores), .. evaluation.Remarks, .. summary.Remarks]
        );
    }

    private static IEnumerable<string> Partial(int scored, int all)
    {
        if (scored < all)
            yield return $"PARTIAL: {scored} of {all} items, the shortest ones. They are no fair sample of the whole.";
    }

    private static IEnumerable<string> NotFinite(IEnumerable<ItemScore?> scores)
    {
        var count = scores.Count(score =>
            score is not null && score.Alternatives.Any(one => !double.IsFinite(one.LogProbability))
        );
        if (count > 0)
            yield return $"{count} items have a score that is no finite number, and are never right. The model's weights have "
                + "such numbers, or are too large for --precision.";
    }
}
