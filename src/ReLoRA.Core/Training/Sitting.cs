using ReLoRA.Core.Accounting;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Data.Sampling;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Training;

/// <summary>One sitting of a cell's worker: begins the cell or continues it from its newest sound checkpoint.</summary>
public sealed class Sitting
{
    private readonly CellFolder cell;
    private readonly CellInputs inputs;
    private readonly TimeProvider clock;
    private readonly CheckpointStore checkpoints;

    /// <summary>Prepares a sitting.</summary>
    /// <param name="cell">The cell's folder.</param>
    /// <param name="inputs">Its configuration and data.</param>
    /// <param name="clock">For durations and the log's time of day.</param>
    public Sitting(CellFolder cell, CellInputs inputs, TimeProvider clock)
    {
        (this.cell, this.inputs, this.clock) = (cell, inputs, clock);
        checkpoints = new CheckpointStore(cell.CheckpointsPath);
    }

    /// <summary>Trains until the cell is finished or a stop is asked for.</summary>
    /// <param name="stop">Seen between two steps.</param>
    public RunOutcome Work(StopSignal stop)
    {
        var config = inputs.Config;
        using var parts = new RunParts(inputs);
        var facts = RunFacts.Of(parts, inputs.Execution);
        var progress = new ProgressFile(cell, config.Steps, config.TokensPerStep, clock, facts);
        var (writer, state) = Restore(parts);
        using var log = new TrainingLog(writer, config);
        if (state is null)
            log.Run(cell.Id, parts.Model, inputs.Hashes, inputs.Execution, clock.GetUtcNow(), parts.Cost());
        else
            log.Note(FormattableString.Invariant($"resumed after step {state.Step}"));
        var begun = state ?? TrainingState.Start;
        progress.Report(begun);
        using var batches = new BatchStream(TrainingRows.Reader(config, inputs.Corpora), begun.Cursor);
        var energy = EnergyMeters.For(inputs.Execution.Device);
        var trainer = new Trainer(cell.Id, parts, log, checkpoints, clock, energy);
        try
        {
            var outcome = trainer.Run(begun, batches, stop, progress.Report);
            progress.End(outcome == RunOutcome.Stopped ? "stopped" : "finished", trainer.State);
            return outcome;
        }
        catch (Exception e)
        {
            progress.End("failed", trainer.State, e.Message);
            throw;
        }
    }

    private (RunLogWriter Writer, TrainingState? State) Restore(RunParts parts)
    {
        var damaged = new List<string>();
        foreach (var step in checkpoints.Steps)
        {
            try
            {
                parts.Enter(step);
                var content = checkpoints.Load(step, cell.Id, parts.Model, parts.Optimizer);
                return (RunLogWriter.Resume(cell.LogPath, content.LogOffset), content.State);
            }
            catch (Exception e) when (e is CheckpointException or LogFormatException)
            {
                damaged.Add(e.Message);
            }
        }
        // A partly loaded checkpoint has touched the weights: beginning again needs a new model.
        if (damaged.Count > 0)
            throw new UserFaultException(
                $"No checkpoint of {cell.Path} can be loaded:\n  {string.Join("\n  ", damaged)}\n"
                    + $"Delete {cell.Path} to train the cell from its start."
            );
        File.Delete(cell.LogPath);
        return (RunLogWriter.Create(cell.LogPath), null);
    }
}
