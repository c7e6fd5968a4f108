using ReLoRA.Core.Accounting;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Estimating;

/// <summary>What is known of a cell without timing anything.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Execution">How it would be executed.</param>
/// <param name="Shape">What its speed depends on.</param>
/// <param name="Size">Parameters and operations.</param>
internal sealed record KnownCell(PlannedCell Cell, ExecutionSettings Execution, CellShape Shape, RunSize Size)
{
    /// <summary>A cell and how it would be executed.</summary>
    public static KnownCell Of(PlannedCell cell, ExecutionSettings execution) =>
        new(cell, execution, CellShape.Of(cell.Config, execution), RunSize.Of(cell.Config));
}
