using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Estimating;

/// <summary>Counts what a run's evaluations of perplexity read.</summary>
internal static class EvaluationLoad
{
    /// <summary>Tokens of all evaluations of a run together.</summary>
    /// <param name="cell">The cell.</param>
    public static double Tokens(PlannedCell cell)
    {
        var (config, evaluation) = (cell.Config, cell.Config.Evaluation);
        var rows = cell.Datasets.EvaluationRows.Sum(rows =>
            evaluation.MaxRows == 0 ? rows : Math.Min(rows, evaluation.MaxRows)
        );
        // At the start and at the end in any case.
        var inside = evaluation.Every == 0 ? 0 : (config.Steps - 1) / evaluation.Every;
        var beside = evaluation.AroundResets ? 2 * ResetTimes.CountThrough(config, config.Steps) : 0;
        return (double)rows * config.Data.SequenceLength * (2 + inside + beside);
    }
}
