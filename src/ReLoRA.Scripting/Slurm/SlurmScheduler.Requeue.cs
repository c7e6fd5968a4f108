using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

public sealed partial class SlurmScheduler
{
    /// <inheritdoc/>
    public void Requeue(string task)
    {
        var (exit, _, error) = SchedulerProgram.Run("scontrol", ["requeue", task]);
        if (exit != 0)
            throw new UserFaultException(
                $"Slurm does not let {task} begin again: {error} What is missing is submitted by: relora submit SCRIPT"
            );
    }
}
