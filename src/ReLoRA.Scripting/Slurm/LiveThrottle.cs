using ReLoRA.Core;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Changes how many tasks of a sweep run at once, while they wait and run.</summary>
public static class LiveThrottle
{
    /// <summary>Changes it for every job of the sweep that still lives.</summary>
    /// <param name="sweep">The sweep's name.</param>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="scheduler">The scheduler; it is not asked where nothing of the sweep was submitted.</param>
    /// <param name="limit">At most so many tasks of a job; 0 for any number.</param>
    /// <returns>What was done, a sentence a job; empty where no job lives.</returns>
    /// <exception cref="UserFaultException">There is no scheduler, it does not answer, or it refuses.</exception>
    /// <exception cref="RunFileException">A job's file is damaged.</exception>
    public static IReadOnlyList<string> Change(string sweep, RunsFolder runs, IScheduler scheduler, int limit)
    {
        var tasks = SubmittedTasks.Read(runs).All.Where(task => task.Sweep == sweep).ToList();
        var queue = QueueState.Require(scheduler, [.. tasks.Select(task => task.Job.Id).Distinct()]);
        var jobs = tasks.Where(queue.IsLive).GroupBy(task => task.Job.Id).ToList();
        foreach (var job in jobs)
            scheduler.Throttle(job.Key, limit);
        return [.. jobs.Select(job => Words(job.Key, limit, [.. job], queue))];
    }

    private static string Words(string job, int limit, List<SubmittedTask> live, QueueState queue)
    {
        var waiting = live.Count(task => SchedulerWords.IsWaiting(queue.Of(task)!.State));
        var words =
            limit == 0 ? "any number of tasks"
            : limit == 1 ? "at most 1 task"
            : $"at most {limit} tasks";
        return FormattableString.Invariant(
            $"Job {job}: {words} at once from now on; {live.Count - waiting} running, {waiting} waiting. What runs goes on."
        );
    }
}
