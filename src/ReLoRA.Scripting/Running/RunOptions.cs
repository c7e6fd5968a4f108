using ReLoRA.Core;
using ReLoRA.Core.Training;

namespace ReLoRA.Scripting.Running;

/// <summary>How a sweep is run on this machine.</summary>
public sealed record RunOptions
{
    /// <summary>How often a cell whose worker hung is begun again at its last checkpoint, in one run.</summary>
    public const int MostRestarts = 2;

    /// <summary>Cells trained at once. Default: null, one a core but no more than there are cells.</summary>
    public int? Jobs { get; init; }

    /// <summary>Threads of each worker. Default: null, the cores divided by <see cref="Jobs"/>.</summary>
    public int? Threads { get; init; }

    /// <summary>Processes that train each cell together. Default: 1.</summary>
    public int Ranks { get; init; } = 1;

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

    /// <summary>
    /// How long a worker may show no sign of life before it is ended and started again at its last checkpoint. Computing is a sign of life,
    /// however long a step takes. Default: 10 minutes; null for ever.
    /// </summary>
    public TimeSpan? HangAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The GPUs, one a worker, as CUDA names them. Default: none, each worker sees all.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>Patterns of the cells to train, by label, label without seed or id. Default: none, all cells.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether only cells that failed before are trained. Default: false, they are tried again like any other that is not finished.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Whether cells that failed before are left as they are. Default: false.</summary>
    public bool SkipFailed { get; init; }

    /// <summary>Whether cells are trained anew, and what was trained of them is moved aside. Default: false.</summary>
    public bool Fresh { get; init; }

    /// <summary>Whether cells that differ from finished ones only in a larger budget go on from those. Default: false, they are trained from their first step.</summary>
    public bool Extend { get; init; }

    /// <summary>The folder that takes events for TensorBoard, a folder in it for each cell. Default: null, none are written.</summary>
    public string? TensorBoard { get; init; }

    /// <summary>The GPU of a job; null where none is given.</summary>
    /// <param name="job">The job, from 0.</param>
    public string? GpuOf(int job) => Gpus.Count == 0 ? null : Gpus[job % Gpus.Count];

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
        if (Ranks < 1)
            throw new UserFaultException($"--ranks is {Ranks}; allowed: at least 1. Leave it out for one process.");
        if (Ranks > 1 && Device != "cpu")
            throw new UserFaultException(
                $"--ranks is {Ranks} with --device {Device}: the processes would all take the first GPU. Allowed: --ranks 1, or --device cpu. On "
                    + "several GPUs start the worker by srun --mpi=pmix --gpus-per-task=1 (docs/data-parallel.md)."
            );
        if (RetryFailed && SkipFailed)
            throw new UserFaultException(
                "--retry-failed trains only what failed before, and --skip-failed leaves it as it is. Give one of the two."
            );
        if (Jobs * Threads > cores || Jobs > cores || Threads > cores)
            throw new UserFaultException(
                $"--jobs {Jobs ?? 1} with --threads {Threads ?? 1} needs {(Jobs ?? 1) * (Threads ?? 1)} cores; "
                    + $"this machine has {cores}. Jobs times threads may be at most that."
            );
        // More processes than cores are let through: they take turns, which is slow and not wrong.
        var most = Gpus.Count > 0 ? Gpus.Count : cores / ((Threads ?? 1) * Ranks);
        var jobs = Jobs ?? Math.Max(1, Math.Min(cells, most));
        return (jobs, Threads ?? Math.Max(1, cores / (jobs * Ranks)));
    }
}
