using ReLoRA.Core.Configuration;
using ReLoRA.Core.Distributed;
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
    /// <param name="team">The processes that train the cell together. Default: null, this one.</param>
    /// <param name="owner">Who the process is, where a scheduler has the cell trained; null outside of one.</param>
    /// <exception cref="CellBusyException">Another process works on the cell.</exception>
    /// <exception cref="CellReplacedException">Another process has taken the cell over: this one was cut off.</exception>
    /// <exception cref="UserFaultException">Its files are at fault, or memory ran out.</exception>
    public static RunOutcome Work(
        CellFolder cell,
        StopSignal stop,
        TimeProvider clock,
        Func<ExecutionSettings, IScriptFigures>? figures = null,
        RankTeam? team = null,
        CellOwner? owner = null
    )
    {
        var all = team ?? RankTeam.Alone;
        using var held = all.Leads ? Take(cell) : null;
        var fence = new CellFence(cell, owner);
        fence.Require();
        using IDisposable heartbeat = all.IsSeveral
            ? new RankWatch(cell.HeartbeatPath, stop, clock, all, fence)
            : new Heartbeat(cell.HeartbeatPath, stop, clock, fence);
        using var inputs = CellInputs.Read(cell);
        try
        {
            inputs.Figures = all.Leads ? figures?.Invoke(inputs.Execution) : null;
            DeviceRules.Require(inputs.Execution.Device, inputs.Config.Precision);
            set_num_threads(inputs.Execution.Threads);
            inputs.Join(all with { Collective = NcclCollective.OrElse(all.Collective, inputs.Execution.Device) });
            return all.Leads
                ? new Sitting(cell, inputs, clock, fence).Work(stop)
                : new FollowingSitting(cell, inputs, clock).Work(stop);
        }
        catch (Exception e) when (OutOfMemory.Asked(e) is { } asked)
        {
            throw new UserFaultException(
                $"{cell.Path}: memory ran out on the device '{inputs.Execution.Device}': {asked} more could not be had. "
                    + MemoryRemedy.Of(inputs.Config, inputs.Execution, cell),
                e
            );
        }
    }

    private static FileLock Take(CellFolder cell) =>
        FileLock.TryAcquire(cell.LockPath, out var holder)
        ?? throw new CellBusyException(
            $"Process {holder} works on {cell.Path} already. Wait for it, or stop it first."
        );
}
