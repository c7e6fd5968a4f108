using ReLoRA.Core.Configuration;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>Starts workers.</summary>
public interface IWorkerLauncher
{
    /// <summary>Starts a worker on a cell whose folder holds its configuration and execution settings.</summary>
    /// <param name="cell">The cell's folder.</param>
    /// <param name="execution">Its execution settings.</param>
    /// <param name="gpu">The GPU that it sees, as CUDA names it; all of them where null.</param>
    IWorkerProcess Start(CellFolder cell, ExecutionSettings execution, string? gpu = null);
}
