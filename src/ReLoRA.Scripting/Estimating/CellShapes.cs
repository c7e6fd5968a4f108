using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Estimating;

/// <summary>The shapes of many cells: cells that differ in nothing that a shape depends on are looked at once.</summary>
internal sealed class CellShapes
{
    private readonly Dictionary<
        (RunConfig Alike, int Threads, string Device, int Rows, bool Recompute, int Ranks),
        CellShape
    > known = [];

    /// <summary>A cell's shape.</summary>
    /// <param name="config">The run.</param>
    /// <param name="execution">Threads, device, micro-batch, recomputation and processes.</param>
    public CellShape Of(RunConfig config, ExecutionSettings execution)
    {
        var alike = CellShape.Alike(config);
        var key = (
            alike,
            execution.Threads,
            execution.Device,
            execution.MicroBatch,
            execution.Recompute,
            execution.Ranks
        );
        if (!known.TryGetValue(key, out var shape))
            known[key] = shape = CellShape.Of(alike, execution);
        return shape;
    }
}
