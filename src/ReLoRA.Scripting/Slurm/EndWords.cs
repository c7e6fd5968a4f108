namespace ReLoRA.Scripting.Slurm;

/// <summary>How a task ended before its cells were finished, where nothing but the scheduler tells.</summary>
internal static class EndWords
{
    private const string Cancelled = "was cancelled";
    private const string NotStarted = "could not be started, or was killed";
    private const string Failed = "ended with a fault";

    /// <summary>Whether the words tell of a failure, as they do where a node cannot even open the task's log.</summary>
    public static bool IsFailure(string words) => words is NotStarted or Failed;

    /// <summary>Whether the words tell that someone cancelled it, who knows why it ended.</summary>
    public static bool IsCancelled(string words) => words.StartsWith(Cancelled, StringComparison.Ordinal);

    /// <summary>In a few words.</summary>
    /// <param name="task">The task.</param>
    public static string Of(QueuedTask task) =>
        task.State switch
        {
            "CANCELLED" => Cancelled,
            "NODE_FAIL" => "its node was lost",
            "TIMEOUT" => "ran into its time limit (--time)",
            "OUT_OF_MEMORY" => "took more memory than it had asked for (--mem)",
            "PREEMPTED" => "made room for another job",
            "BOOT_FAIL" => "its node did not start",
            "DEADLINE" => "its deadline passed",
            "REVOKED" => "was taken back by the scheduler",
            "COMPLETED" => "ended without finishing the cell",
            // A killed process has this reason too.
            "FAILED" when task.Reason == "JobLaunchFailure" => NotStarted,
            "FAILED" when task.Reason is "None" or "NonZeroExitCode" => Failed,
            var state => $"ended: {state}, {task.Reason}",
        };
}
