using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Slurm;

/// <summary>A task that was submitted.</summary>
/// <param name="Sweep">The sweep that it was submitted for.</param>
/// <param name="Job">The array job.</param>
/// <param name="Number">The task's number.</param>
public sealed record SubmittedTask(string Sweep, SlurmJob Job, int Number)
{
    /// <summary>Its cells, by id.</summary>
    public IReadOnlyList<string> Cells => Job.Tasks[Number];

    /// <summary>The name of its job, as the scheduler lists it.</summary>
    public string JobName => JobNameOf(Sweep);

    /// <summary>Its name, as the scheduler takes it: <c>JOB_TASK</c>.</summary>
    public string Name => FormattableString.Invariant($"{Job.Id}_{Number}");

    /// <summary>The name that a sweep's jobs are submitted under.</summary>
    /// <param name="sweep">The sweep's name.</param>
    internal static string JobNameOf(string sweep) => $"relora-{sweep}";
}
