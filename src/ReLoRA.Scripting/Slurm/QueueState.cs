using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

/// <summary>What the scheduler said of jobs at one moment, or why it said nothing.</summary>
public sealed class QueueState
{
    private readonly Dictionary<(string Job, int Task, string Name), QueuedTask> tasks;

    private QueueState(IEnumerable<QueuedTask> tasks, string fault)
    {
        this.tasks = [];
        // A task that begins again is listed once; should it ever be twice, what lives counts.
        foreach (var task in tasks)
            if (!this.tasks.TryAdd((task.Job, task.Task, task.Name), task) && SchedulerWords.IsLive(task.State))
                this.tasks[(task.Job, task.Task, task.Name)] = task;
        Fault = fault;
    }

    /// <summary>Nothing was asked, since nothing was submitted.</summary>
    public static QueueState Empty { get; } = new([], "");

    /// <summary>It could not be asked.</summary>
    /// <param name="fault">Why.</param>
    public static QueueState Silent(string fault) => new([], fault);

    /// <summary>Why it could not be asked; empty where it answered.</summary>
    public string Fault { get; }

    /// <summary>Whether it answered.</summary>
    public bool IsKnown => Fault.Length == 0;

    /// <summary>Asks. That there is no scheduler, or that it does not answer, is an answer too: what was trained is known without it.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="jobs">Ids of array jobs; where there are none it is not asked.</param>
    public static QueueState Ask(IScheduler scheduler, IReadOnlyCollection<string> jobs)
    {
        try
        {
            return Require(scheduler, jobs);
        }
        catch (UserFaultException fault)
        {
            return Silent(fault.Message);
        }
    }

    /// <summary>The same, where nothing can be done without the answer.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="jobs">Ids of array jobs; where there are none it is not asked.</param>
    /// <exception cref="UserFaultException">There is no scheduler, or it does not answer.</exception>
    public static QueueState Require(IScheduler scheduler, IReadOnlyCollection<string> jobs) =>
        jobs.Count == 0 ? Empty : new QueueState(scheduler.Tasks(jobs), "");

    /// <summary>What it said of a task; null where it does not know it. A stranger's of the same number is none.</summary>
    /// <param name="task">The task.</param>
    public QueuedTask? Of(SubmittedTask task) => tasks.GetValueOrDefault((task.Job.Id, task.Number, task.JobName));

    /// <summary>Whether a task waits or runs.</summary>
    /// <param name="task">The task.</param>
    public bool IsLive(SubmittedTask task) => Of(task) is { } queued && SchedulerWords.IsLive(queued.State);
}
