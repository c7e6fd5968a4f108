using System.Globalization;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Tells what became of the micro-batch and the recomputation that a user asked for.</summary>
internal static class MemoryNote
{
    public static string Of(PlannedCell cell, CellFolder folder, ExecutionSettings execution)
    {
        var estimate = MemoryEstimate.Of(cell.Config, execution.MicroBatch, execution.Recompute).Total;
        var settings = string.Create(
            CultureInfo.InvariantCulture,
            $"micro-batch {execution.MicroBatch} of {cell.Config.Data.BatchSize}, {(execution.Recompute ? "with" : "without")} recomputation, an estimated {MemoryText.Of(estimate)}"
        );
        return ExecutionChoice.HasCheckpoint(folder)
            ? $"{cell.Label}: has a checkpoint, so it goes on as it began: {settings}. To train it with others, delete {folder.Path}."
            : $"{cell.Label}: {settings}.";
    }
}
