namespace ReLoRA.Scripting.Slurm;

/// <summary>Where a cell that is not finished is, as scheduler, task and logs together tell.</summary>
public sealed record SubmittedCell
{
    /// <summary>The task, as the scheduler takes it: <c>JOB_TASK</c>.</summary>
    public required string Task { get; init; }

    /// <summary>The sweep that the task was submitted for.</summary>
    public required string Sweep { get; init; }

    /// <summary>How the task is.</summary>
    public required TaskStanding Standing { get; init; }

    /// <summary>The node on which it runs, or ran last; empty where it never began.</summary>
    public required string Node { get; init; }

    /// <summary>How often it was begun again.</summary>
    public required int Requeued { get; init; }

    /// <summary>Why the cell is not finished, in a few words; empty where there is nothing to say.</summary>
    public required string Why { get; init; }

    /// <summary>What is to be done; empty where nothing is.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>What the node lacks, as the task found; empty where nothing.</summary>
    public string Fault { get; init; } = "";

    /// <summary>Since when it waits, ISO 8601, UTC; empty where it does not.</summary>
    public string Since { get; init; } = "";

    /// <summary>Whether its worker was to have given a sign of life, and has not for too long.</summary>
    public bool IsSilent { get; init; }

    /// <summary>What is wrong with the file in which the task tells of itself; empty where nothing is.</summary>
    internal string Damage { get; init; } = "";

    /// <summary>Whether it waits or runs, or may.</summary>
    internal bool IsInHand => Standing is not (TaskStanding.Ended or TaskStanding.Forgotten);
}
