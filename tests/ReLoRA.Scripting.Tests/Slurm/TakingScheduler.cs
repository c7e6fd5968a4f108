using ReLoRA.Core;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

/// <summary>A scheduler that takes what is handed in, and knows every task of it as waiting.</summary>
internal sealed class TakingScheduler : IScheduler
{
    // As a scheduler does, it knows a job by the name in its script.
    private readonly Dictionary<string, string> names = [];

    public List<string> Scripts { get; } = [];

    public List<string> Requeued { get; } = [];

    public Dictionary<string, int> Waiting { get; } = [];

    /// <summary>How long it takes to take a job.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>Why it refuses; it does not where this is empty.</summary>
    public string Fault { get; set; } = "";

    public string Submit(string script)
    {
        Refuse();
        Thread.Sleep(Slowness);
        Scripts.Add(script);
        var id = $"{100 + Scripts.Count}";
        Waiting[id] = 1;
        names[id] = script.Split("--job-name=", 2)[1].Split('\n', 2)[0];
        return id;
    }

    public IReadOnlyList<QueuedTask> Tasks(IReadOnlyCollection<string> jobs) =>
        [
            .. jobs.Where(Waiting.ContainsKey)
                .SelectMany(job =>
                    Enumerable
                        .Range(0, 1000)
                        .Select(task => new QueuedTask(job, task, "PENDING", "Priority", "", names[job]))
                ),
        ];

    public void Cancel(string job, IReadOnlyCollection<int>? tasks = null) => Waiting.Remove(job);

    public List<string> Throttled { get; } = [];

    public void Throttle(string job, int limit) => Throttled.Add($"{job} {limit}");

    public void Requeue(string task)
    {
        Refuse();
        Requeued.Add(task);
    }

    private void Refuse()
    {
        if (Fault.Length > 0)
            throw new UserFaultException(Fault);
    }
}
