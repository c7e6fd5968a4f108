using ReLoRA.Core.Accounting;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;

namespace ReLoRA.Scripting.Estimating;

/// <summary>Size and memory of many cells: cells that differ in seed and learning rate alone are counted once.</summary>
internal sealed class CellSizes
{
    private static readonly RunConfig Defaults = new();

    private readonly Dictionary<RunConfig, RunSize> sizes = [];
    private readonly Dictionary<(RunConfig Alike, int Rows, bool Recompute), long> memories = [];

    /// <summary>A cell's parameters and operations.</summary>
    /// <param name="config">The run.</param>
    public RunSize Of(RunConfig config)
    {
        var alike = Alike(config);
        if (!sizes.TryGetValue(alike, out var size))
            sizes[alike] = size = RunSize.Of(alike);
        return size;
    }

    /// <summary>Bytes that training takes at most.</summary>
    /// <param name="config">The run.</param>
    /// <param name="execution">Micro-batch and recomputation.</param>
    public long Memory(RunConfig config, ExecutionSettings execution)
    {
        var key = (Alike(config), execution.MicroBatch, execution.Recompute);
        if (!memories.TryGetValue(key, out var bytes))
            memories[key] = bytes = MemoryEstimate.Of(key.Item1, execution.MicroBatch, execution.Recompute).Total;
        return bytes;
    }

    private static RunConfig Alike(RunConfig config) =>
        config with
        {
            Seed = Defaults.Seed,
            Optimizer = config.Optimizer with { LearningRate = Defaults.Optimizer.LearningRate },
        };
}
