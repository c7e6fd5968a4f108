using ReLoRA.Core.Accounting;
using ReLoRA.Core.Checkpoints;
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
            stop,
            (_, state) =>
            {
                if (state.Step == step)
                    stop.Request();
            }
        );
    }

    /// <summary>Begins a cell; after each step something may be done to its parts.</summary>
    public static RunOutcome Work(
        CellFolder cell,
        StopSignal stop,
        Action<RunParts, TrainingState> afterStep,
        Action<RunParts>? atEnd = null,
        IEnergyMeter? energy = null
    )
    {
        using var inputs = CellInputs.Read(cell);
        using var parts = new RunParts(inputs);
        using var log = new TrainingLog(RunLogWriter.Create(cell.LogPath), inputs.Config);
        log.Run(cell.Id, parts.Model, inputs.Hashes, inputs.Execution, TimeProvider.System.GetUtcNow(), parts.Cost());
        using var batches = new BatchStream(TrainingRows.Reader(inputs.Config, inputs.Corpora), SampleCursor.Start);
        var store = new CheckpointStore(cell.CheckpointsPath);
        var trainer = new Trainer(cell.Id, parts, log, store, TimeProvider.System, energy);
        var outcome = trainer.Run(TrainingState.Start, batches, stop, state => afterStep(parts, state));
        atEnd?.Invoke(parts);
        new ProgressFile(cell, inputs.Config.Steps, 1, TimeProvider.System).End("stopped", trainer.State);
        return outcome;
    }
}
