using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

public sealed partial class SlurmScheduler
{
    /// <inheritdoc cref="IScheduler.Cluster"/>
    public string Cluster() => SlurmLimits.Ask().Cluster;

    /// <inheritdoc cref="IScheduler.Cancel"/>
    public void Cancel(string job, IReadOnlyCollection<int>? tasks = null)
    {
        foreach (var what in tasks is null ? [job] : TaskRanges.Of(tasks).Select(piece => $"{job}_[{piece}]"))
        {
            // Tasks that ended meanwhile, and jobs that are forgotten, are no fault for it.
            var (exit, _, error) = SchedulerProgram.Run("scancel", [what]);
            if (exit != 0)
                throw new UserFaultException(
                    $"Slurm does not end {what}: scancel ended with exit code {exit}: {error} See for yourself: squeue -j {job}"
                );
        }
    }
}
