using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>How a run of a sweep ended.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Cells">One result for each cell, in the plan's order.</param>
/// <param name="Interrupted">Whether it was stopped by a signal.</param>
public sealed record SweepResult(SweepPlan Plan, IReadOnlyList<CellResult> Cells, bool Interrupted)
{
    /// <summary>The search's trials, if it was one.</summary>
    public SearchState? Search { get; init; }

    /// <summary>The cells that failed or were stopped from outside the run.</summary>
    public IReadOnlyList<CellResult> Failures =>
        [
            .. Cells.Where(cell =>
                cell.Outcome == CellOutcome.Failed || (cell.Outcome == CellOutcome.Stopped && !Interrupted)
            ),
        ];

    /// <summary>What the command returns: 0, 1 after a failure, 130 after a signal.</summary>
    public int ExitCode =>
        Interrupted ? 130
        : Failures.Count > 0 ? 1
        : 0;

    /// <summary>The number of cells with an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    public int Count(CellOutcome outcome) => Cells.Count(cell => cell.Outcome == outcome);
}
