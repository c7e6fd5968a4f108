using ReLoRA.Core.Configuration;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>Where a cell starts.</summary>
/// <param name="Execution">How it is executed, with where it starts.</param>
/// <param name="Lead">Held by the cell that trains a warm start for others, while it does; null for any other.</param>
/// <param name="TrainedBy">The process that trains the warm start to be waited for; null where the cell can start.</param>
internal sealed record Beginning(ExecutionSettings Execution, FileLock? Lead = null, string? TrainedBy = null)
    : IDisposable
{
    public void Dispose() => Lead?.Dispose();
}
