using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Distributed;

/// <summary>What a run on several processes must keep to.</summary>
public static class BatchShares
{
    /// <summary>Requires that every process has the same number of rows of each batch: the batch is the run's, not the machine's.</summary>
    /// <param name="data">The run's data.</param>
    /// <param name="ranks">The number of processes.</param>
    /// <exception cref="UserFaultException">It does not divide the batch.</exception>
    public static void RequireDivides(DataConfig data, int ranks)
    {
        if (data.BatchSize % ranks == 0)
            return;
        var allowed = Enumerable.Range(1, data.BatchSize).Where(count => data.BatchSize % count == 0);
        throw new UserFaultException(
            $"Data.BatchSize is {data.BatchSize}, which {ranks} processes cannot share evenly; allowed: {string.Join(", ", allowed)} processes. "
                + "Give --ranks one of them (mpirun -n, srun -n), or change Data.BatchSize, which makes it another cell."
        );
    }
}
