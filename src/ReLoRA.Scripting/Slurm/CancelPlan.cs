using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Which tasks are to be ended so that some cells of a sweep are trained no further, and which cannot be.</summary>
public sealed record CancelPlan
{
    /// <summary>The sweep.</summary>
    public required string Sweep { get; init; }

    /// <summary>The tasks that wait.</summary>
    public required IReadOnlyList<SubmittedTask> Waiting { get; init; }

    /// <summary>The tasks that run.</summary>
    public required IReadOnlyList<SubmittedTask> Running { get; init; }

    /// <summary>What is left as it is though some of its cells were chosen, and why: a sentence each.</summary>
    public required IReadOnlyList<string> Left { get; init; }

    /// <summary>The tasks of each job that has some, by the job's id; null in place of their numbers where they are all of it that lives.</summary>
    private IReadOnlyDictionary<string, IReadOnlyList<int>?> ByJob { get; init; } =
        new Dictionary<string, IReadOnlyList<int>?>();

    /// <summary>Chooses tasks.</summary>
    /// <param name="sweep">The sweep with how far its cells are.</param>
    /// <param name="chosen">The ids of the cells that were chosen.</param>
    /// <param name="submitted">What was submitted.</param>
    /// <param name="runs">Tells which other cells of a task are finished.</param>
    /// <param name="scheduler">Tells which tasks live.</param>
    /// <exception cref="UserFaultException">There is no scheduler, or it does not answer.</exception>
    public static CancelPlan Of(
        SweepStatus sweep,
        IReadOnlySet<string> chosen,
        SubmittedTasks submitted,
        RunsFolder runs,
        IScheduler scheduler
    )
    {
        var candidates = chosen.SelectMany(submitted.Of).Distinct().ToList();
        var queue = QueueState.Require(scheduler, [.. candidates.Select(task => task.Job.Id).Distinct()]);
        var live = candidates.Where(queue.IsLive).ToList();
        var left = new List<string>();
        var ended = live.Where(task => MayEnd(task, sweep, chosen, runs, left)).ToList();
        return new CancelPlan
        {
            Sweep = sweep.Name,
            Waiting = [.. ended.Where(IsWaiting)],
            Running = [.. ended.Where(task => !IsWaiting(task))],
            Left = left,
            ByJob = ended
                .GroupBy(task => task.Job.Id)
                .ToDictionary(job => job.Key, job => Numbers([.. job], submitted, queue)),
        };

        bool IsWaiting(SubmittedTask task) => SchedulerWords.IsWaiting(queue.Of(task)!.State);
    }

    /// <summary>Ends them.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <exception cref="UserFaultException">It does not answer, or it refuses.</exception>
    public void Execute(IScheduler scheduler)
    {
        foreach (var (job, tasks) in ByJob)
            scheduler.Cancel(job, tasks);
    }

    /// <summary>A job that goes as a whole is named as one: thousands of numbers need not be.</summary>
    private static IReadOnlyList<int>? Numbers(List<SubmittedTask> ended, SubmittedTasks submitted, QueueState queue)
    {
        var living = submitted.All.Count(task => task.Job.Id == ended[0].Job.Id && queue.IsLive(task));
        return living == ended.Count ? null : [.. ended.Select(task => task.Number).Order()];
    }

    private static bool MayEnd(
        SubmittedTask task,
        SweepStatus sweep,
        IReadOnlySet<string> chosen,
        RunsFolder runs,
        List<string> left
    )
    {
        if (task.Sweep != sweep.Name)
        {
            left.Add(
                $"Task {task.Name} was submitted for the sweep '{task.Sweep}', which has some of these cells too: relora cancel --sweep {task.Sweep}"
            );
            return false;
        }
        var others = task.Cells.Where(id => !chosen.Contains(id) && !CellReport.IsFinished(runs.Cell(id))).ToList();
        if (others.Count == 0)
            return true;
        var labels = sweep.Cells.ToDictionary(cell => cell.Id, cell => cell.Label);
        left.Add(
            $"Task {task.Name} goes on: it also has {string.Join(", ", others.Select(id => labels.GetValueOrDefault(id, id)))}, which "
                + $"{(others.Count == 1 ? "was" : "were")} not chosen. A task ends as a whole; choose all of its cells that are not finished."
        );
        return false;
    }
}
