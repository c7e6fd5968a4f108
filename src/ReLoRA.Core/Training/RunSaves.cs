using ReLoRA.Core.Checkpoints;

namespace ReLoRA.Core.Training;

/// <summary>
/// Saves one run. Training waits for the copying of what changes, not for the disk: a checkpoint is written from the copy, one at
/// a time, and its fault ends the run at the next step. All on the training thread, but the writing itself, which sees no tensor.
/// </summary>
internal sealed class RunSaves : IDisposable
{
    private readonly string cell;
    private readonly RunParts parts;
    private readonly TrainingLog log;
    private readonly CheckpointStore store;
    private readonly TimeProvider clock;
    private readonly CopyBuffer buffer = new();
    private Task<SavedCheckpoint>? writing;
    private double stoodStill;
    private long last;

    /// <summary>Creates it.</summary>
    /// <param name="cell">The cell's id.</param>
    /// <param name="parts">What is saved.</param>
    /// <param name="log">Receives a record of each checkpoint, and its figures.</param>
    /// <param name="store">Receives the checkpoints.</param>
    /// <param name="clock">For durations only.</param>
    public RunSaves(string cell, RunParts parts, TrainingLog log, CheckpointStore store, TimeProvider clock) =>
        (this.cell, this.parts, this.log, this.store, this.clock) = (cell, parts, log, store, clock);

    /// <summary>Saves the run, in the background where it goes on.</summary>
    /// <param name="state">How far it is.</param>
    /// <param name="isStop">
    /// Whether it is saved for a stop. Such a checkpoint is not in the log, since a straight run would not have it.
    /// </param>
    public void Save(TrainingState state, bool isStop)
    {
        var begun = clock.GetTimestamp();
        Complete();
        // Before the first step there is nothing to lose, and a stop right after a checkpoint has it already.
        if (state.Step == last)
            return;
        last = state.Step;
        var config = parts.Config;
        var tensors = CheckpointTensors.Of(parts.Model, parts.Optimizer);
        var inBackground = config.Checkpoint.InBackground && !isStop && state.Step < config.Steps;
        if (inBackground)
            tensors = buffer.Copy(tensors);
        if (!isStop)
            log.Checkpoint(state.Step);
        // The log that a checkpoint refers to is on the disk before it.
        log.Flush(toDisk: true);
        var content = new CheckpointContent
        {
            Cell = cell,
            State = state,
            LogOffset = log.Position,
        };
        var image = new CheckpointImage(config, tensors, content);
        writing = inBackground ? Task.Run(() => Write(image)) : Task.FromResult(Write(image));
        stoodStill = clock.GetElapsedTime(begun).TotalSeconds;
        if (!inBackground)
            Complete();
    }

    /// <summary>Tells of the checkpoint in the making if it is whole by now.</summary>
    /// <exception cref="UserFaultException">The disk did not take it.</exception>
    public void Tell()
    {
        if (writing is { IsCompleted: true })
            Complete();
    }

    /// <summary>Waits until no checkpoint is in the making.</summary>
    /// <exception cref="UserFaultException">The disk did not take it.</exception>
    public void Complete()
    {
        if (writing is not { } made)
            return;
        writing = null;
        log.Saved(made.GetAwaiter().GetResult(), stoodStill);
    }

    /// <summary>Waits as well. What is not told by now is the checkpoint of a run that ends with another fault.</summary>
    public void Dispose()
    {
        if (writing is not null)
            Task.WaitAny(writing);
        buffer.Dispose();
    }

    private SavedCheckpoint Write(CheckpointImage image)
    {
        var begun = clock.GetTimestamp();
        var bytes = store.SaveAndPrune(image);
        return new SavedCheckpoint(image.Content.State.Step, bytes, clock.GetElapsedTime(begun).TotalSeconds);
    }
}
