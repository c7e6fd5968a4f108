using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Watching;

/// <summary>How far a cell is, as a page is told.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">Its name within the sweep.</param>
/// <param name="State">Its state.</param>
/// <param name="Step">Completed steps.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Loss">The last training loss, nats a token.</param>
/// <param name="SecondsLeft">Estimated seconds to the end.</param>
/// <param name="Message">Why it failed; empty otherwise.</param>
public sealed record LiveCell(
    string Id,
    string Label,
    CellState State,
    long Step,
    long Steps,
    double Loss,
    double SecondsLeft,
    string Message
)
{
    /// <summary>What a page is told of a cell.</summary>
    /// <param name="cell">The cell.</param>
    public static LiveCell Of(SweepStatusCell cell) =>
        new(
            cell.Id,
            cell.Label,
            cell.Report.State,
            cell.Report.Step,
            cell.Report.Steps,
            cell.Report.Loss,
            cell.Report.SecondsLeft,
            cell.Report.Message
        );
}
