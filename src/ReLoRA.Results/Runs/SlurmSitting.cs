namespace ReLoRA.Results.Runs;

/// <summary>One start of a task: it has another after every requeue.</summary>
public sealed record SlurmSitting
{
    /// <summary>How often the task had been requeued before: <c>SLURM_RESTART_COUNT</c>.</summary>
    public required int Restart { get; init; }

    /// <summary>The node.</summary>
    public required string Node { get; init; }

    /// <summary>When it began, ISO 8601, UTC.</summary>
    public required string Began { get; init; }

    /// <summary>When it ended, ISO 8601, UTC. Default: empty, not known: it runs, or was ended without a word.</summary>
    public string Ended { get; init; } = "";

    /// <summary>How it ended, in words. Default: empty, not known.</summary>
    public string Why { get; init; } = "";

    /// <summary>Steps that its cells were further on the disk when it ended. Default: 0.</summary>
    public long Steps { get; init; }

    /// <summary>What the node lacks, so that nothing could be trained: place, finding and remedy. Default: empty, nothing.</summary>
    public string Fault { get; init; } = "";
}
