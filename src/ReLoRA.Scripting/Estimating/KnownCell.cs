using ReLoRA.Core.Accounting;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Estimating;

/// <summary>What is known of a cell without timing anything.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Execution">How it would be executed.</param>
/// <param name="Shape">What its speed depends on.</param>
/// <param name="Size">Parameters and operations.</param>
/// <param name="Memory">Bytes that training takes at most.</param>
internal sealed record KnownCell(
    PlannedCell Cell,
    ExecutionSettings Execution,
    CellShape Shape,
    RunSize Size,
    long Memory
);
