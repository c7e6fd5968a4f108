using ReLoRA.Core;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

/// <summary>A scheduler that says what it is told to, and remembers what is asked of it.</summary>
internal sealed class FakeScheduler : IScheduler
{
    public List<QueuedTask> Queue { get; } = [];

    public List<string> Asked { get; } = [];

    /// <summary>Why it does not answer; it does where this is empty.</summary>
    public string Fault { get; set; } = "";

    /// <summary>The cluster that it asks.</summary>
    public string ClusterName { get; set; } = "";

    public FakeScheduler With(
        string job,
        int task,
        string state,
        string reason = "None",
        string node = "",
        string name = "relora-s"
    )
    {
        Queue.RemoveAll(queued => queued.Job == job && queued.Task == task);
        Queue.Add(new QueuedTask(job, task, state, reason, node, name));
        return this;
    }

    public string Submit(string script) => throw new InvalidOperationException("Nothing is submitted here.");

    public IReadOnlyList<QueuedTask> Tasks(IReadOnlyCollection<string> jobs)
    {
        Note($"tasks {string.Join(',', jobs)}");
        return [.. Queue.Where(task => jobs.Contains(task.Job))];
    }

    public string Cluster() => ClusterName;

    public void Cancel(string job, IReadOnlyCollection<int>? tasks = null)
    {
        Note($"cancel {job}{(tasks is null ? "" : $"_[{string.Join(',', tasks)}]")}");
        Queue.RemoveAll(task => task.Job == job && tasks?.Contains(task.Task) != false);
    }

    public void Throttle(string job, int limit) => Note($"throttle {job} {limit}");

    public void Requeue(string task) => Note($"requeue {task}");

    private void Note(string what)
    {
        if (Fault.Length > 0)
            throw new UserFaultException(Fault);
        Asked.Add(what);
    }
}
