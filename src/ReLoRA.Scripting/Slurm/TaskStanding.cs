namespace ReLoRA.Scripting.Slurm;

/// <summary>How the task is that was to train a cell which is not finished.</summary>
public enum TaskStanding
{
    /// <summary>It waits, and will begin by itself.</summary>
    Waiting,

    /// <summary>It waits, and will never begin unless someone does something.</summary>
    Stuck,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It ended before the cell was finished.</summary>
    Ended,

    /// <summary>The scheduler knows it no more.</summary>
    Forgotten,

    /// <summary>The scheduler could not be asked.</summary>
    Unknown,
}
