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
        var left = new List<string>();
        var live = OfCluster([.. candidates.Where(queue.IsLive)], scheduler, left);
        var ended = live.Where(task => MayEnd(task, sweep, chosen, runs, left)).ToList();
        return new CancelPlan
        {
            Sweep = sweep.Name,
            Waiting = [.. ended.Where(IsIdle)],
            Running = [.. ended.Where(task => !IsIdle(task))],
            Left = [.. left, .. GoingOn(ended, sweep, chosen, runs)],
            ByJob = ended
                .GroupBy(task => task.Job.Id)
                .ToDictionary(job => job.Key, job => Numbers([.. job], submitted, queue)),
        };

        // A task that waits for another to train its only cell runs, and trains nothing.
        bool IsIdle(SubmittedTask task) =>
            SchedulerWords.IsWaiting(queue.Of(task)!.State)
            || Open(task, sweep) is { Count: > 0 } open
                && open.All(cell => OtherTrainer.Of(cell.Report, runs.Cell(cell.Id), task).Length > 0);
    }

    /// <summary>Ends them.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <exception cref="UserFaultException">It does not answer, or it refuses.</exception>
    public void Execute(IScheduler scheduler)
    {
        foreach (var (job, tasks) in ByJob)
            scheduler.Cancel(job, tasks);
    }

    private static List<SweepStatusCell> Open(SubmittedTask task, SweepStatus sweep) =>
        [
            .. sweep.Cells.Where(cell =>
                cell.Report.State != CellState.Finished && task.Cells.Contains(cell.Id, StringComparer.Ordinal)
            ),
        ];

    /// <summary>Without what was submitted to another cluster, whose ids mean other tasks on this one.</summary>
    private static List<SubmittedTask> OfCluster(List<SubmittedTask> live, IScheduler scheduler, List<string> left)
    {
        if (live.All(task => task.Job.Cluster.Length == 0))
            return live;
        var here = scheduler.Cluster();
        var strange = live.Where(task => here.Length > 0 && task.Job.Cluster.Length > 0 && task.Job.Cluster != here)
            .ToHashSet();
        left.AddRange(
            strange
                .GroupBy(task => task.Job)
                .Select(job =>
                    $"Job {job.Key.Id} was submitted to the cluster '{job.Key.Cluster}', and this is '{here}', where its id may be another job's: cancel it there."
                )
        );
        return [.. live.Where(task => !strange.Contains(task))];
    }

    private static IEnumerable<string> GoingOn(
        List<SubmittedTask> ended,
        SweepStatus sweep,
        IReadOnlySet<string> chosen,
        RunsFolder runs
    ) =>
        from cell in sweep.Cells
        where chosen.Contains(cell.Id)
        let having = ended.Where(task => task.Cells.Contains(cell.Id, StringComparer.Ordinal)).ToList()
        where having.Count > 0
        let others = having.Select(task => OtherTrainer.Of(cell.Report, runs.Cell(cell.Id), task)).ToList()
        where others.All(other => other.Length > 0)
        select $"{cell.Label} ({cell.Id}) is trained by {others[0]}, which goes on.";

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
