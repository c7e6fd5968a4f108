using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

public sealed partial class SlurmScheduler
{
    /// <inheritdoc cref="IScheduler.Throttle"/>
    public void Throttle(string job, int limit)
    {
        var (exit, output, error) = SchedulerProgram.Run(
            "scontrol",
            ["update", $"JobId={job}", FormattableString.Invariant($"ArrayTaskThrottle={limit}")]
        );
        if (exit == 0 || ThrottleAnswer.IsDone(output, error))
            return;
        throw new UserFaultException(
            FormattableString.Invariant(
                $"Slurm does not limit the job {job} to {limit} tasks at once: scontrol ended with exit code {exit}: {output.Trim()} {error} See for yourself: scontrol show job {job}"
            )
        );
    }
}
