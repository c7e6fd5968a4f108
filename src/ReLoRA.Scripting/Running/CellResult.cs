using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>How a cell's turn ended.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Report">How far the cell is.</param>
/// <param name="Message">For people: why it failed or was not started; empty otherwise.</param>
public sealed record CellResult(PlannedCell Cell, CellOutcome Outcome, CellReport Report, string Message = "");
