namespace ReLoRA.Scripting.Slurm;

/// <summary>The scheduler's words for how a task is.</summary>
internal static class SchedulerWords
{
    private static readonly HashSet<string> Ends =
    [
        "BOOT_FAIL",
        "CANCELLED",
        "COMPLETED",
        "DEADLINE",
        "FAILED",
        "NODE_FAIL",
        "OUT_OF_MEMORY",
        "PREEMPTED",
        "REVOKED",
        "TIMEOUT",
    ];

    /// <summary>Whether a task waits, runs or is about to end. A word that is not known counts as one of these: no cell is to be trained twice.</summary>
    public static bool IsLive(string state) => !Ends.Contains(state);

    /// <summary>Whether it waits.</summary>
    public static bool IsWaiting(string state) =>
        state
            is "PENDING"
                or "CONFIGURING"
                or "REQUEUED"
                or "REQUEUE_FED"
                or "REQUEUE_HOLD"
                or "RESV_DEL_HOLD"
                or "SPECIAL_EXIT";
}
