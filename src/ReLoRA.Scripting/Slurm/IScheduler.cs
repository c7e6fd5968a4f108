using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

/// <summary>What is asked of a cluster's scheduler. It explains what is missing; what was trained, the cells' own logs tell.</summary>
public interface IScheduler
{
    /// <summary>Hands in a batch script.</summary>
    /// <param name="script">The script's text, with its <c>#SBATCH</c> lines.</param>
    /// <returns>The job's id.</returns>
    /// <exception cref="UserFaultException">There is no scheduler, it does not answer, or it refuses: an unknown partition, an array too large.</exception>
    string Submit(string script);

    /// <summary>What it knows of jobs, queued, running or ended; nothing of those it has forgotten.</summary>
    /// <param name="jobs">Ids of array jobs.</param>
    /// <exception cref="UserFaultException">There is no scheduler, or it does not answer.</exception>
    IReadOnlyList<QueuedTask> Tasks(IReadOnlyCollection<string> jobs);

    /// <summary>The name of the cluster that it asks; empty where it does not tell.</summary>
    /// <exception cref="UserFaultException">There is no scheduler, or it does not answer.</exception>
    string Cluster() => "";

    /// <summary>Ends tasks, and takes those out that wait.</summary>
    /// <param name="job">The array job's id.</param>
    /// <param name="tasks">The tasks' numbers; all where null.</param>
    /// <exception cref="UserFaultException">There is no scheduler, it does not answer, or it refuses.</exception>
    void Cancel(string job, IReadOnlyCollection<int>? tasks = null);

    /// <summary>Changes how many tasks of a job run at once.</summary>
    /// <param name="job">The array job's id.</param>
    /// <param name="limit">At most so many; 0 for any number.</param>
    /// <exception cref="UserFaultException">There is no scheduler, it does not answer, or it refuses.</exception>
    void Throttle(string job, int limit);

    /// <summary>Lets a task begin again.</summary>
    /// <param name="task">The task as the scheduler names it: a job's id, or <c>JOB_TASK</c>.</param>
    /// <exception cref="UserFaultException">There is no scheduler, it does not answer, or it refuses.</exception>
    void Requeue(string task);
}
