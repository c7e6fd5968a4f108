using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Distributed;

/// <summary>The sitting of a process that is not the first of its run: it trains, and leaves the cell's folder as it is.</summary>
internal sealed class FollowingSitting(CellFolder cell, CellInputs inputs, TimeProvider clock)
{
    /// <summary>Trains until the run is finished or any process is asked to stop.</summary>
    /// <param name="stop">Seen between two steps.</param>
    public RunOutcome Work(StopSignal stop)
    {
        var (config, team) = (inputs.Config, inputs.Team);
        using var parts = new RunParts(inputs);
        var checkpoints = new CheckpointStore(cell.CheckpointsPath);
        var start = Restore(parts, checkpoints);
        using var log = TrainingLog.Silent(config);
        using var batches = new BatchStream(TrainingRows.Reader(config, inputs.Corpora, team.Share), start.Cursor);
        var trainer = new Trainer(cell.Id, parts, log, checkpoints, clock);
        return trainer.Run(start, batches, stop, _ => { }, inputs.Execution.PauseAt);
    }

    private TrainingState Restore(RunParts parts, CheckpointStore checkpoints)
    {
        if (StartStep.Hear(inputs.Team.Collective) is { } step)
        {
            parts.Enter(step);
            return checkpoints.Load(step, cell.Id, parts.Model, parts.Optimizer).State;
        }
        return inputs.Execution.Prefix is { } source ? RunPrefix.Load(parts, source).State : TrainingState.Start;
    }
}
