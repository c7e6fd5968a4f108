using ReLoRA.Core;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Which cells of a plan are to be submitted: those that are not finished and that nothing has in hand. Those that failed are tried again.</summary>
/// <param name="Cells">The cells, in the plan's order.</param>
/// <param name="Notes">How many others are left out and why, a sentence each; empty where none are.</param>
public sealed record MissingCells(IReadOnlyList<PlannedCell> Cells, IReadOnlyList<string> Notes)
{
    /// <summary>Looks which are missing. The scheduler is asked only where some that are not finished were submitted before.</summary>
    /// <param name="plan">The plan, less what <c>--only</c> leaves out.</param>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="scheduler">Tells which tasks live.</param>
    /// <param name="clock">Tells whether a worker on another machine is alive.</param>
    /// <exception cref="UserFaultException">There is no scheduler, or it does not answer: cells that it has in hand would be submitted twice.</exception>
    /// <exception cref="LogFormatException">A log is of another version of the format.</exception>
    /// <exception cref="RunFileException">A job's file is damaged.</exception>
    public static MissingCells Of(SweepPlan plan, RunsFolder runs, IScheduler scheduler, TimeProvider clock) =>
        Of(plan, runs, jobs => QueueState.Require(scheduler, jobs), clock);

    /// <summary>The same, where it is left to the caller what comes of a scheduler that does not answer: where that is no fault, it is noted.</summary>
    internal static MissingCells Of(
        SweepPlan plan,
        RunsFolder runs,
        Func<IReadOnlyCollection<string>, QueueState> ask,
        TimeProvider clock,
        CellEnds? ends = null
    )
    {
        ends ??= new CellEnds();
        var open = AtOnce
            .Select(plan.Cells, cell => (Cell: cell, Report: Look(runs.Cell(cell.Id))))
            .Where(found => found.Report.State != CellState.Finished)
            .ToList();
        var submitted = SubmittedTasks.Read(runs);
        var queue = ask(submitted.JobsOf(open.Select(found => found.Cell.Id)));
        var queued = open.Where(found => submitted.Of(found.Cell.Id).Any(queue.IsLive)).ToHashSet();
        var running = open.Where(found => !queued.Contains(found) && found.Report.State == CellState.Running)
            .ToHashSet();
        var missing = open.Where(found => !queued.Contains(found) && !running.Contains(found)).ToList();
        return new MissingCells(
            [.. missing.Select(found => found.Cell)],
            [
                .. queue.IsKnown
                    ? (string[])[]
                    :
                    [
                        $"The scheduler could not be asked, so that cells which it has in hand are shown as missing. {queue.Fault}",
                    ],
                .. Note(plan.Cells.Count - open.Count, "finished"),
                .. Note(queued.Count, "in tasks that wait or run"),
                .. Note(
                    Failed(queued),
                    "in such a task and failed; submit again once the task has ended, where it does not come back to it"
                ),
                .. Note(running.Count, "being trained by a run outside of the scheduler"),
                .. Note(Failed(missing), "tried again that failed before"),
            ]
        );

        CellReport Look(CellFolder folder) => CellReport.ReadOrNew(folder, ends.Of(folder), clock);
    }

    private static int Failed(IEnumerable<(PlannedCell Cell, CellReport Report)> cells) =>
        cells.Count(found => found.Report.State == CellState.Failed);

    private static IEnumerable<string> Note(int count, string what) =>
        count == 0 ? [] : [FormattableString.Invariant($"{count} {(count == 1 ? "cell is" : "cells are")} {what}.")];
}
