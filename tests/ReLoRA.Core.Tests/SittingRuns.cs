using ReLoRA.Core.Accounting;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.TensorBoard;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Tests;

/// <summary>Runs that are stopped on the way.</summary>
internal static class SittingRuns
{
    /// <summary>Begins a cell and stops it after a step.</summary>
    public static RunOutcome WorkUntil(CellFolder cell, long step)
    {
        var stop = new StopSignal();
        return Work(
            cell,
            new CheckpointStore(cell.CheckpointsPath),
            (_, state) =>
            {
                if (state.Step == step)
                    stop.Request();
            },
            stop
        );
    }

    /// <summary>Begins a cell; after each step something may be done to its parts.</summary>
    public static RunOutcome Work(
        CellFolder cell,
        CheckpointStore store,
        Action<RunParts, TrainingState> afterStep,
        StopSignal? stop = null,
        Action<RunParts>? atEnd = null,
        IEnergyMeter? energy = null
    )
    {
        using var inputs = CellInputs.Read(cell);
        // As the worker does: the order of sums depends on it, and idle threads would spin.
        TorchSharp.torch.set_num_threads(inputs.Execution.Threads);
        using var parts = new RunParts(inputs);
        using var log = new TrainingLog(
            RunLogWriter.Create(cell.LogPath),
            inputs.Config,
            inputs.Execution.TensorBoard.Length > 0 ? EventFile.Begin(inputs.Execution.TensorBoard, []) : null
        );
        log.Run(cell.Id, parts.Model, inputs.Hashes, inputs.Execution, TimeProvider.System.GetUtcNow(), parts.Cost());
        using var batches = new BatchStream(TrainingRows.Reader(inputs.Config, inputs.Corpora), SampleCursor.Start);
        var trainer = new Trainer(cell.Id, parts, log, store, TimeProvider.System, energy);
        var outcome = trainer.Run(
            TrainingState.Start,
            batches,
            stop ?? new StopSignal(),
            state => afterStep(parts, state)
        );
        atEnd?.Invoke(parts);
        var status = outcome == RunOutcome.Stopped ? "stopped" : "finished";
        new ProgressFile(cell, inputs.Config.Steps, 1, TimeProvider.System).End(status, trainer.State);
        return outcome;
    }
}
