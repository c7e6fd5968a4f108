namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>The figures of an evaluation.</summary>
/// <param name="Figures">From the whole to the parts.</param>
/// <param name="Counts">Counts over all items by name, for example <c>pairs</c> and <c>ties</c>.</param>
public sealed record EvaluationSummary(
    IReadOnlyList<EvaluationFigure> Figures,
    IReadOnlyList<(string Name, long Count)> Counts
)
{
    /// <summary>What a reader of these figures must know beside <see cref="IEvaluation.Remarks"/>, since the scores tell it.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
