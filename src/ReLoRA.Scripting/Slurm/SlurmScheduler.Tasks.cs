using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

public sealed partial class SlurmScheduler
{
    /// <summary>A command line holds far more; so many ids are still a line that a person can read in a message.</summary>
    private const int JobsAtOnce = 200;

    /// <inheritdoc cref="IScheduler.Tasks"/>
    public IReadOnlyList<QueuedTask> Tasks(IReadOnlyCollection<string> jobs) =>
        [.. jobs.Distinct().Chunk(JobsAtOnce).SelectMany(TasksOf)];

    private static IReadOnlyList<QueuedTask> TasksOf(string[] jobs)
    {
        var ids = string.Join(',', jobs);
        var (exit, output, error) = SchedulerProgram.Run(
            "squeue",
            ["-h", "-r", "-t", "all", "-j", ids, "-o", QueueText.Format]
        );
        if (exit == 0)
            return QueueText.Read(output);
        // Of several ids those that are forgotten are left out; of one alone it is a fault.
        if (error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase))
            return [];
        throw new UserFaultException(
            $"Slurm does not tell how the jobs {ids} are: squeue ended with exit code {exit}: {error} See for yourself: squeue -j {ids}"
        );
    }
}
