using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Training;

/// <summary>What to do about a cell whose memory ran out.</summary>
public static class MemoryRemedy
{
    /// <summary>The settings to lower, and from where the cell goes on.</summary>
    /// <param name="config">The run.</param>
    /// <param name="execution">How it was executed.</param>
    /// <param name="cell">Its folder.</param>
    public static string Of(RunConfig config, ExecutionSettings execution, CellFolder cell)
    {
        var estimate = MemoryEstimate.Of(config, execution.MicroBatch, execution.Recompute).Total;
        return $"Its training takes an estimated {MemoryText.Of(estimate)}. To lower that, in this order: "
            + $"{string.Join(", ", Settings(config, execution))}. {Restart(cell)}";
    }

    private static IEnumerable<string> Settings(RunConfig config, ExecutionSettings execution)
    {
        if (execution.MicroBatch > 1)
            yield return $"--micro-batch (was {execution.MicroBatch})";
        if (!execution.Recompute)
            yield return "--recompute (was not given)";
        yield return $"Data.SequenceLength (is {config.Data.SequenceLength})";
    }

    private static string Restart(CellFolder cell)
    {
        var newest = new CheckpointStore(cell.CheckpointsPath).Steps;
        return newest.Count == 0
            ? "The cell has no checkpoint yet, so they take effect when the sweep is run again."
            : $"With more memory free, run the sweep again and the cell goes on from its checkpoint of step {newest[0]}. "
                + $"Micro-batch and recomputation are fixed from then on: to train with others, delete {cell.Path}, which begins the "
                + "cell anew.";
    }
}
