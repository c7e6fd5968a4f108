using System.Globalization;

namespace ReLoRA.Core.Distributed;

/// <summary>This process's place among those that a launcher started for one run.</summary>
/// <param name="Rank">Its number, from 0.</param>
/// <param name="Size">How many there are.</param>
/// <param name="LocalRank">Its number among those of its machine.</param>
public sealed record RankPlace(int Rank, int Size, int LocalRank)
{
    /// <summary>Set to 1 where several tasks of one job step are runs of their own.</summary>
    public const string AloneVariable = "RELORA_RANKS";

    private static readonly RankPlace Only = new(0, 1, 0);

    /// <summary>Reads it from what OpenMPI's <c>mpirun</c> or <c>srun --mpi=pmix</c> puts into the environment.</summary>
    /// <param name="variable">Gives an environment variable.</param>
    /// <exception cref="UserFaultException">Several processes were started that do not know of one another.</exception>
    public static RankPlace Of(Func<string, string?> variable)
    {
        if (variable(AloneVariable) == "1")
            return Only;
        if (Number("OMPI_COMM_WORLD_SIZE") is { } size)
            return new RankPlace(Number("OMPI_COMM_WORLD_RANK") ?? 0, size, Number("OMPI_COMM_WORLD_LOCAL_RANK") ?? 0);
        if (Number("SLURM_STEP_NUM_TASKS") is { } tasks and > 1)
            return Number("PMIX_RANK") is { } rank
                ? new RankPlace(rank, tasks, Number("SLURM_LOCALID") ?? 0)
                : throw Strangers(
                    $"srun started {tasks} tasks (SLURM_STEP_NUM_TASKS), and no PMIX_RANK is set",
                    $"start them with srun --mpi=pmix, or set {AloneVariable}=1 where each task is a run of its own"
                );
        if (Number("PMI_SIZE") is { } others and > 1)
            throw Strangers(
                $"a launcher of MPICH or Intel MPI started {others} processes (PMI_SIZE)",
                "start them with OpenMPI's mpirun, or let 'relora run --ranks N' do so"
            );
        return Only;

        int? Number(string name) =>
            int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }

    /// <summary>Refuses several processes where each would begin a run of its own.</summary>
    /// <param name="verb">What was started.</param>
    /// <param name="variable">Gives an environment variable.</param>
    /// <exception cref="UserFaultException">A launcher started several.</exception>
    public static void RequireAlone(string verb, Func<string, string?> variable)
    {
        var place = Of(variable);
        if (place.Size > 1)
            throw new UserFaultException(
                FormattableString.Invariant(
                    $"'relora {verb}' was started as {place.Size} processes by mpirun or srun --mpi=pmix, and each would take the cells from the others. "
                )
                    + $"Allowed: one process. Start it without the launcher and with --ranks {place.Size}, start 'relora worker' on a cell's folder by the "
                    + $"launcher (docs/data-parallel.md), or set {AloneVariable}=1 where each process is a command of its own."
            );
    }

    private static UserFaultException Strangers(string found, string remedy) =>
        new(
            $"{found}: they do not know of one another and would all write the same cell. Allowed: one process, mpirun of OpenMPI, or srun "
                + $"--mpi=pmix. To mend it, {remedy}."
        );
}
