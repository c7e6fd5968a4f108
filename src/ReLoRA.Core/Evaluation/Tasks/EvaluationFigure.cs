namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>One figure of one group of items.</summary>
/// <param name="Group">The kind of group: <c>overall</c>, <c>paradigm</c>, <c>domain</c> ...</param>
/// <param name="Name">The group; empty for the whole.</param>
/// <param name="Metric">What the figure is: <c>accuracy</c>, <c>perplexity</c> ...</param>
/// <param name="Value">The figure.</param>
/// <param name="Items">Items it was made of.</param>
/// <param name="Evidence">What an interval is computed from; null where there is none.</param>
public sealed record EvaluationFigure(
    string Group,
    string Name,
    string Metric,
    double Value,
    long Items,
    Evidence? Evidence
);
