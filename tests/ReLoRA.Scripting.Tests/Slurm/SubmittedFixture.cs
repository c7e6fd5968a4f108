using System.Globalization;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Tests.Running;

namespace ReLoRA.Scripting.Tests.Slurm;

/// <summary>A folder of runs with a sweep that was submitted, and a scheduler that explains what is missing.</summary>
internal sealed class SubmittedFixture : IDisposable
{
    private readonly RunFixture runs = new();

    public RunsFolder Runs => runs.Runs;

    public FakeScheduler Scheduler { get; } = new();

    public SetClock Clock { get; } = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));

    public string Tidy(string text) => runs.Tidy(text);

    /// <summary>A plan of some seeds, with its <c>sweep.json</c>.</summary>
    public async Task<SweepPlan> PlanAsync(int seeds = 3)
    {
        var plan = await runs.PlanAsync($".Seeds(count: {seeds})");
        plan.ToFile(new Dictionary<string, string>()).Write(Runs.Sweep(plan.Name).PlanPath);
        return plan;
    }

    /// <summary>Submits cells; each inner list is a task.</summary>
    public SlurmJob Submit(string id, params IReadOnlyList<PlannedCell>[] tasks) => Submit("s", id, tasks);

    public SlurmJob Submit(string sweep, string id, params IReadOnlyList<PlannedCell>[] tasks)
    {
        var job = new SlurmJob
        {
            Id = id,
            Tasks = [.. tasks.Select(task => task.Select(cell => cell.Id).ToList())],
            Submitted = Moment(Clock.GetUtcNow()),
        };
        job.Write(Runs.Sweep(sweep).SlurmJobPath(id));
        return job;
    }

    /// <summary>What a task tells of itself.</summary>
    public void Sit(string job, int task, params SlurmSitting[] sittings) =>
        new SlurmTask { Sittings = sittings }.Write(Runs.Sweep("s").SlurmTaskPath(job, task));

    public SlurmSitting Sitting(int restart = 0, string node = "node1", string why = "", string fault = "") =>
        new()
        {
            Restart = restart,
            Node = node,
            Began = Moment(Clock.GetUtcNow()),
            Ended = why.Length + fault.Length > 0 ? Moment(Clock.GetUtcNow()) : "",
            Why = why,
            Fault = fault,
        };

    public void Finish(PlannedCell cell)
    {
        Directory.CreateDirectory(Runs.Cell(cell.Id).Path);
        FakeWorker.Finish(Runs.Cell(cell.Id));
    }

    public void Status(PlannedCell cell, string state, string message = "", string host = "node1") =>
        new CellStatus
        {
            State = state,
            Step = 7,
            Steps = cell.Config.Steps,
            Host = host,
            ProcessId = 1,
            Message = message,
        }.Write(Runs.Cell(cell.Id).StatusPath);

    /// <summary>The task that may write a cell.</summary>
    public void Own(PlannedCell cell, string job, int task) =>
        new CellOwner
        {
            Job = job,
            Task = task,
            Restart = 0,
            Node = "node1",
        }.Write(Runs.Cell(cell.Id).OwnerPath);

    /// <summary>A sign of life of a cell's worker, now.</summary>
    public void Beat(PlannedCell cell)
    {
        var path = Runs.Cell(cell.Id).HeartbeatPath;
        AtomicFile.Write(path, "");
        File.SetLastWriteTimeUtc(path, Clock.GetUtcNow().UtcDateTime);
    }

    public void Dispose() => runs.Dispose();

    private static string Moment(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
