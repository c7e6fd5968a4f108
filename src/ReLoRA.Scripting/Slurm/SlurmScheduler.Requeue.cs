using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

public sealed partial class SlurmScheduler
{
    /// <summary>A task that requeues itself is ended with all its processes, <c>scontrol</c> among them: whoever is ended so was heard.</summary>
    private const int EndedByIt = 128 + 15;

    /// <inheritdoc/>
    public void Requeue(string task)
    {
        var (exit, _, error) = SchedulerProgram.Run("scontrol", ["requeue", task]);
        if (exit is not (0 or EndedByIt))
            throw new UserFaultException(
                $"Slurm does not let {task} begin again: {error} What is missing is submitted by: relora submit SCRIPT"
            );
    }
}
