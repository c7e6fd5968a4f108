using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Slurm;

/// <summary>What Slurm tells a task in its environment.</summary>
/// <param name="Self">The start of the task.</param>
/// <param name="JobId">The id by which this start is requeued, which is not the array's.</param>
/// <param name="Gpus">The GPUs that it may use, as CUDA names them; empty where nothing is said.</param>
public sealed record TaskEnvironment(CellOwner Self, string JobId, IReadOnlyList<string> Gpus)
{
    /// <summary>Reads it.</summary>
    /// <param name="variable">A variable's value; null where it is not set.</param>
    /// <exception cref="UserFaultException">This is no task of an array job.</exception>
    public static TaskEnvironment Read(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (variable("SLURM_ARRAY_JOB_ID") is not { Length: > 0 } job || Number("SLURM_ARRAY_TASK_ID") is not { } task)
            throw new UserFaultException(
                "This is no task of an array job: SLURM_ARRAY_JOB_ID and SLURM_ARRAY_TASK_ID are not set. Sweeps are submitted by: relora submit SCRIPT"
            );
        var self = new CellOwner
        {
            Job = job,
            Task = task,
            Restart = Number("SLURM_RESTART_COUNT") ?? 0,
            Node = variable("SLURMD_NODENAME") ?? Environment.MachineName,
            ProcessId = Environment.ProcessId,
        };
        var gpus = (variable("CUDA_VISIBLE_DEVICES") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new TaskEnvironment(self, variable("SLURM_JOB_ID") ?? $"{job}_{task}", gpus);

        int? Number(string name) =>
            int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }
}
