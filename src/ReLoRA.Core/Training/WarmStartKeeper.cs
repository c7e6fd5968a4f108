using ReLoRA.Core.Checkpoints;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Training;

/// <summary>
/// Keeps a run's state as it is one step before the end of its full-rank warm start: after that step the adapters have begun, which is where
/// cells that share the warm start part. Nothing of it is told in the log, since a run that shares with none does not have it.
/// </summary>
/// <param name="cell">The cell's id.</param>
/// <param name="logPath">The cell's log.</param>
/// <param name="folder">Receives state and log; empty where none is kept.</param>
public sealed class WarmStartKeeper(string cell, string logPath, string folder)
{
    /// <summary>The name of the copy of the log.</summary>
    public const string LogName = "log.msgpack";

    /// <summary>Whether the state after a step is the one to keep.</summary>
    /// <param name="parts">The run.</param>
    /// <param name="step">Completed updates.</param>
    public bool Wants(RunParts parts, long step) =>
        folder.Length > 0 && step > 0 && step == parts.Config.LowRank.WarmStartSteps - 1;

    /// <summary>Keeps it, log first: who finds the checkpoint finds the log.</summary>
    internal void Keep(RunParts parts, TrainingLog log, TrainingState state)
    {
        var store = new CheckpointStore(folder);
        if (store.Steps.Contains(state.Step))
            return;
        log.Flush(toDisk: true);
        using (
            var file = new FileStream(logPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
        )
        {
            var bytes = new byte[log.Position];
            file.ReadExactly(bytes);
            AtomicFile.Write(Path.Combine(folder, LogName), bytes);
        }
        var content = new CheckpointContent
        {
            Cell = cell,
            State = state,
            LogOffset = log.Position,
        };
        store.Save(parts.Config, parts.Model, parts.Optimizer, content);
    }
}
