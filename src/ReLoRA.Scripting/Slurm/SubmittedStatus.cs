using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Joins the status of sweeps with what a scheduler says of their tasks.</summary>
public static class SubmittedStatus
{
    /// <summary>The same sweeps; those that were submitted with where their cells are, and why they are not finished.</summary>
    /// <param name="sweeps">How far they are, by their logs.</param>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="queue">Asks the scheduler, at most; not at all where nothing was submitted or all is finished.</param>
    /// <param name="clock">Tells how old signs of life are.</param>
    /// <exception cref="RunFileException">A job's or a task's file is damaged.</exception>
    public static IReadOnlyList<SweepStatus> Of(
        IReadOnlyList<SweepStatus> sweeps,
        RunsFolder runs,
        QueueWatch queue,
        TimeProvider clock
    )
    {
        var submitted = SubmittedTasks.Read(runs);
        if (submitted.All.Count == 0)
            return sweeps;
        var open = sweeps
            .SelectMany(sweep => sweep.Cells)
            .Where(cell => cell.Report.State != CellState.Finished)
            .Select(cell => cell.Id);
        var state = queue.Look(submitted.JobsOf(open));
        var join = new CellJoin(runs, submitted, state, clock);
        return [.. sweeps.Select(sweep => Of(sweep, runs, submitted, state, join, clock))];
    }

    private static SweepStatus Of(
        SweepStatus sweep,
        RunsFolder runs,
        SubmittedTasks submitted,
        QueueState state,
        CellJoin join,
        TimeProvider clock
    )
    {
        if (sweep.Cells.All(cell => submitted.Of(cell.Id).Count == 0))
            return sweep;
        var joined = sweep with { Cells = [.. sweep.Cells.Select(cell => cell with { Slurm = join.Of(cell) })] };
        return joined with
        {
            Slurm = new SubmittedSweep(state.Fault, SubmittedNotes.Of(joined, state, runs, clock.GetUtcNow())),
        };
    }
}
