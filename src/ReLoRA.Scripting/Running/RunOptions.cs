using ReLoRA.Core;
using ReLoRA.Core.Training;

namespace ReLoRA.Scripting.Running;

/// <summary>How a sweep is run on this machine.</summary>
public sealed record RunOptions
{
    /// <summary>Cells trained at once. Default: null, one a core but no more than there are cells.</summary>
    public int? Jobs { get; init; }

    /// <summary>Threads of each worker. Default: null, the cores divided by <see cref="Jobs"/>.</summary>
    public int? Threads { get; init; }

    /// <summary>The device: <c>cpu</c> or <c>cuda</c>. Default: <c>cpu</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The micro-batch of cells that have no checkpoint yet. Default: null, <see cref="ExecutionChoice.MicroBatch"/> or as they began.</summary>
    public MicroBatchChoice? MicroBatch { get; init; }

    /// <summary>Whether cells that have no checkpoint yet recompute. Default: null, no or as they began.</summary>
    public bool? Recompute { get; init; }

    /// <summary>Bytes that all cells trained at once may take. Default: null, what the machine has.</summary>
    public long? Memory { get; init; }

    /// <summary>Whether no further cell starts after one has failed. Default: false, the others go on.</summary>
    public bool FailFast { get; init; }

    /// <summary>The jobs and threads for a number of cells.</summary>
    /// <param name="cells">Cells to train.</param>
    /// <param name="cores">Cores of the machine.</param>
    /// <exception cref="UserFaultException">They are below 1, or more than the cores together.</exception>
    public (int Jobs, int Threads) Resolve(int cells, int cores)
    {
        if (Jobs is < 1)
            throw new UserFaultException($"--jobs is {Jobs}; allowed: at least 1.");
        if (Threads is < 1)
            throw new UserFaultException($"--threads is {Threads}; allowed: at least 1.");
        if (Jobs * Threads > cores || Jobs > cores || Threads > cores)
            throw new UserFaultException(
                $"--jobs {Jobs ?? 1} with --threads {Threads ?? 1} needs {(Jobs ?? 1) * (Threads ?? 1)} cores; "
                    + $"this machine has {cores}. Jobs times threads may be at most that."
            );
        var jobs = Jobs ?? Math.Max(1, Math.Min(cells, cores / (Threads ?? 1)));
        return (jobs, Threads ?? Math.Max(1, cores / jobs));
    }
}
