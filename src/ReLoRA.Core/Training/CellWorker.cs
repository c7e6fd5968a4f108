using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;
using ReLoRA.Results.Runs;
using static TorchSharp.torch;

namespace ReLoRA.Core.Training;

/// <summary>The work of one worker process: one sitting of one cell.</summary>
public static class CellWorker
{
    /// <summary>Works on a cell.</summary>
    /// <param name="cell">The cell's folder, with configuration and execution settings in it.</param>
    /// <param name="stop">Seen between two steps.</param>
    /// <param name="clock">For durations and the log's time of day.</param>
    /// <param name="figures">Gives the figures that the cell's script computes itself; none where null.</param>
    /// <exception cref="UserFaultException">Another process works on the cell, or its files are at fault.</exception>
    public static RunOutcome Work(
        CellFolder cell,
        StopSignal stop,
        TimeProvider clock,
        Func<ExecutionSettings, IScriptFigures>? figures = null
    )
    {
        using var held = FileLock.TryAcquire(cell.LockPath, out var holder);
        if (held is null)
            throw new UserFaultException(
                $"Process {holder} works on {cell.Path} already. Wait for it, or stop it first."
            );
        using var inputs = CellInputs.Read(cell);
        inputs.Figures = figures?.Invoke(inputs.Execution);
        DeviceRules.Require(inputs.Execution.Device, inputs.Config.Precision);
        set_num_threads(inputs.Execution.Threads);
        return new Sitting(cell, inputs, clock).Work(stop);
    }
}
