using ReLoRA.Core.Accounting;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.TensorBoard;
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
    private readonly CellFence? fence;

    /// <summary>Prepares a sitting.</summary>
    /// <param name="cell">The cell's folder.</param>
    /// <param name="inputs">Its configuration and data.</param>
    /// <param name="clock">For durations and the log's time of day.</param>
    /// <param name="fence">Asked before each write of log, checkpoint and status. Default: null, none is.</param>
    public Sitting(CellFolder cell, CellInputs inputs, TimeProvider clock, CellFence? fence = null)
    {
        (this.cell, this.inputs, this.clock, this.fence) = (cell, inputs, clock, fence);
        checkpoints = fence is null
            ? new CheckpointStore(cell.CheckpointsPath)
            : new CheckpointStore(cell.CheckpointsPath, new FencedDisk(new Disk(), fence));
    }

    internal Sitting(CellFolder cell, CellInputs inputs, TimeProvider clock, CheckpointStore checkpoints) =>
        (this.cell, this.inputs, this.clock, this.checkpoints) = (cell, inputs, clock, checkpoints);

    /// <summary>Trains until the cell is finished or a stop is asked for.</summary>
    /// <param name="stop">Seen between two steps.</param>
    /// <exception cref="UserFaultException">The disk does not take the run, or no checkpoint of it can be loaded.</exception>
    public RunOutcome Work(StopSignal stop)
    {
        try
        {
            return Train(stop);
        }
        catch (IOException e)
        {
            throw CheckpointFaults.Broken(cell.Path, checkpoints.Steps, e);
        }
    }

    private RunOutcome Train(StopSignal stop)
    {
        var config = inputs.Config;
        using var parts = new RunParts(inputs);
        var facts = RunFacts.Of(parts, inputs.Execution);
        var team = inputs.Team;
        var progress = new ProgressFile(cell, config.Steps, config.TokensPerStep, clock, facts, team.LaunchedAs, fence);
        var (writer, state, passedOver) = Restore(parts);
        StartStep.Tell(team.Collective, state?.Step);
        using var log = new TrainingLog(writer, config, Events());
        var begun = state ?? Begin(parts, log);
        // A run that was killed at its end saves no more, and would keep what its last save was about to delete.
        if (state?.Step == config.Steps)
            checkpoints.Prune(config.Steps, config.Checkpoint);
        if (state is not null)
            log.Note(ResumeNote.Of(state.Step, passedOver, state.Ranks ?? 1, team.Collective.Size));
        TellGivenUp(log);
        progress.Report(begun);
        using var batches = new BatchStream(TrainingRows.Reader(config, inputs.Corpora, team.Share), begun.Cursor);
        var energy = EnergyMeters.For(inputs.Execution.Device);
        var keeper = new WarmStartKeeper(cell.Id, cell.LogPath, inputs.Execution.WarmStartFolder);
        var trainer = new Trainer(cell.Id, parts, log, checkpoints, clock, energy, keeper);
        try
        {
            var outcome = trainer.Run(begun, batches, stop, progress.Report, inputs.Execution.PauseAt);
            if (outcome == RunOutcome.Handover)
                return HandOver(parts, progress, trainer.State);
            progress.End(
                outcome switch
                {
                    RunOutcome.Stopped => "stopped",
                    RunOutcome.Paused => "paused",
                    _ => "finished",
                },
                trainer.State
            );
            return outcome;
        }
        catch (HandoverException)
        {
            return HandOver(parts, progress, trainer.State);
        }
        catch (Exception e) when (e is not CellReplacedException)
        {
            TellFailed(progress, trainer.State, e);
            throw;
        }
    }

    /// <summary>Writes a log's beginning, that of another cell where the run starts from it.</summary>
    private TrainingState Begin(RunParts parts, TrainingLog log)
    {
        // Before other weights train: the record tells of the run's beginning.
        log.Run(cell.Id, parts.Model, inputs.Hashes, inputs.Execution, clock.GetUtcNow(), parts.Cost());
        if (inputs.Execution.Prefix is not { } source)
            return TrainingState.Start;
        var prefix = RunPrefix.Load(parts, source);
        log.Copy(prefix.Records);
        log.Note(prefix.Note + ResumeNote.Processes(prefix.State.Ranks ?? 1, inputs.Team.Collective.Size));
        return prefix.State;
    }

    private EventFile? Events() =>
        inputs.Execution.TensorBoard is { Length: > 0 } folder
            ? EventFile.Begin(folder, RunLogReader.Read(cell.LogPath).Records<LogRecord>())
            : null;

    private RunOutcome HandOver(RunParts parts, ProgressFile progress, TrainingState state)
    {
        fence?.Require();
        ProbesOffFile.Write(cell.ProbesOffPath, parts.Probes.GivenUp);
        progress.End("stopped", state);
        return RunOutcome.Handover;
    }

    /// <summary>What the log was told after the checkpoint from which the run goes on, or before there was one, is no longer in it.</summary>
    private void TellGivenUp(TrainingLog log)
    {
        if (inputs.ProbesOff.Count == 0)
            return;
        log.Flush();
        var told = RunLogReader.Read(cell.LogPath).Records<NoteRecord>().Select(note => note.Text).ToHashSet();
        foreach (var note in inputs.ProbesOff.Values.Where(note => !told.Contains(note)))
            log.Note(note);
    }

    /// <summary>The status is for displays only: where the disk does not take it, the fault itself still has to be told.</summary>
    private static void TellFailed(ProgressFile progress, TrainingState state, Exception fault)
    {
        try
        {
            progress.End("failed", state, fault.Message);
        }
        catch (IOException) { }
    }

    private (RunLogWriter, TrainingState?, IReadOnlyList<PassedOver>) Restore(RunParts parts)
    {
        checkpoints.Recover();
        var passedOver = new List<PassedOver>();
        foreach (var step in checkpoints.Steps)
        {
            try
            {
                parts.Enter(step);
                var content = checkpoints.Load(step, cell.Id, parts.Model, parts.Optimizer);
                return (RunLogWriter.Resume(cell.LogPath, content.LogOffset, Guard), content.State, passedOver);
            }
            catch (Exception e) when (e is CheckpointException or LogFormatException)
            {
                passedOver.Add(new PassedOver(step, e.Message));
            }
        }
        // A partly loaded checkpoint has touched the weights: beginning again needs a new model.
        if (passedOver.Count > 0)
            throw new UserFaultException(
                $"No checkpoint of {cell.Path} can be loaded:\n  {string.Join("\n  ", passedOver.Select(one => one.Reason))}\n"
                    + $"Delete {cell.Path} to train the cell from its start."
            );
        fence?.Require();
        File.Delete(cell.LogPath);
        return (RunLogWriter.Create(cell.LogPath, Guard), null, passedOver);
    }

    private Action? Guard => fence is null ? null : fence.Require;
}
