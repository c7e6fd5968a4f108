using System.Globalization;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>
/// Joins what a cell's own log says with what its task tells of itself and what the scheduler knows. The log comes first: of a finished cell
/// the scheduler is not believed anything.
/// </summary>
internal sealed class CellJoin(RunsFolder runs, SubmittedTasks submitted, QueueState queue, TimeProvider clock)
{
    private readonly Dictionary<string, string> damaged = new(StringComparer.Ordinal);

    // Packed tasks have many cells and one file.
    private readonly Dictionary<string, IReadOnlyList<SlurmSitting>> sittings = new(StringComparer.Ordinal);

    /// <summary>Where a cell is; null where it is finished or was never submitted.</summary>
    public SubmittedCell? Of(SweepStatusCell cell)
    {
        if (cell.Report.State == CellState.Finished || submitted.Of(cell.Id) is not [.., var newest] tasks)
            return null;
        var task = tasks.LastOrDefault(queue.IsLive) ?? newest;
        var starts = Sittings(task);
        var queued = queue.Of(task);
        var last = starts is [.., var end] ? end : null;
        var joined = new SubmittedCell
        {
            Task = task.Name,
            Sweep = task.Sweep,
            Standing = TaskStanding.Unknown,
            Node = last?.Node ?? "",
            Requeued = last?.Restart ?? 0,
            Why = last?.Why ?? "",
            Fault = last?.Fault ?? "",
            Damage = damaged.GetValueOrDefault(task.Name, ""),
        };
        return !queue.IsKnown ? joined
            : queued is null ? Forgotten(joined)
            : SchedulerWords.IsWaiting(queued.State) ? Waiting(joined, queued, task, last)
            : SchedulerWords.IsLive(queued.State) ? Running(joined, queued, cell, task, last)
            : Ended(joined, queued);
    }

    private static SubmittedCell Forgotten(SubmittedCell cell) =>
        cell with
        {
            Standing = TaskStanding.Forgotten,
            // Slurm drops tasks that are cancelled before they began at once, and what has ended after some minutes.
            Why =
                cell.Why.Length > 0 ? cell.Why
                : cell.Node.Length > 0 ? "ended without a word, and the scheduler has forgotten it"
                : "was cancelled, or the scheduler has forgotten it",
        };

    private static SubmittedCell Waiting(SubmittedCell cell, QueuedTask queued, SubmittedTask task, SlurmSitting? last)
    {
        var reason = WaitingReason.Of(queued.Reason);
        return cell with
        {
            Standing = reason.IsForEver ? TaskStanding.Stuck : TaskStanding.Waiting,
            // It has sat once more often than it was begun again, and waits for another sitting.
            Requeued = last is null ? 0 : last.Restart + 1,
            Why = reason.Words,
            Remedy = reason.Remedy.Replace("JOB", task.Job.Id, StringComparison.Ordinal),
            Since = last is { Ended.Length: > 0 } ? last.Ended : task.Job.Submitted,
        };
    }

    private SubmittedCell Running(
        SubmittedCell joined,
        QueuedTask queued,
        SweepStatusCell cell,
        SubmittedTask task,
        SlurmSitting? last
    )
    {
        var silence = Silence(cell, last);
        var other = OtherTrainer.Of(cell.Report, runs.Cell(cell.Id), task);
        return joined with
        {
            Standing = TaskStanding.Running,
            Node = queued.Node.Length > 0 ? queued.Node : joined.Node,
            IsSilent = silence is not null,
            Why =
                silence is { } time ? $"no sign of life for {RunText.Duration(time.TotalSeconds)}"
                : queued.State == "COMPLETING" ? "is ending"
                : other.Length > 0 ? $"waits for {other}, which trains it"
                : cell.Report.State switch
                {
                    CellState.Running => "",
                    CellState.Failed => "the task goes on without it",
                    _ => task.Cells.Count == 1 ? "begins" : "its turn in the task has not come",
                },
        };
    }

    /// <summary>How long the cell's worker has given no sign of life, where it was to in this sitting and has not for too long.</summary>
    private TimeSpan? Silence(SweepStatusCell cell, SlurmSitting? last)
    {
        var folder = runs.Cell(cell.Id);
        if (
            WorkerWatch.StatusOf(folder) is not { State: "running" }
            || WorkerLife.SinceHeartbeat(folder, clock) is not { } age
            || age < WorkerLife.Silence
        )
            return null;
        // What stood still before the sitting began is of an earlier one; both times are of the task's node.
        var began = last is null ? null : Moment(last.Began);
        return began is { } moment && clock.GetUtcNow() - age < moment ? null : age;
    }

    private static SubmittedCell Ended(SubmittedCell cell, QueuedTask queued) =>
        cell with
        {
            Standing = TaskStanding.Ended,
            Node = cell.Node.Length > 0 ? cell.Node : queued.Node,
            // How the scheduler ended it is more than that it did, and what was saved; how it ended itself, the task knows best.
            Why =
                cell.Why.Length == 0 ? EndWords.Of(queued)
                : queued.State is "FAILED" or "COMPLETED" ? cell.Why
                : $"{EndWords.Of(queued)}; {cell.Why}",
        };

    private IReadOnlyList<SlurmSitting> Sittings(SubmittedTask task)
    {
        if (sittings.TryGetValue(task.Name, out var known))
            return known;
        var path = runs.Sweep(task.Sweep).SlurmTaskPath(task.Job.Id, task.Number);
        // Of thousands of tasks most have not begun, and a file that is not there is slow to find out by reading it.
        return sittings[task.Name] = File.Exists(path) ? SittingsOf(task, path) : [];
    }

    /// <summary>What explains decides nothing: where it is damaged, that is told, and the rest is shown.</summary>
    private IReadOnlyList<SlurmSitting> SittingsOf(SubmittedTask task, string path)
    {
        try
        {
            return SlurmTask.Read(path)?.Sittings ?? [];
        }
        catch (RunFileException fault)
        {
            damaged[task.Name] = fault.Message;
            return [];
        }
    }

    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;
}
