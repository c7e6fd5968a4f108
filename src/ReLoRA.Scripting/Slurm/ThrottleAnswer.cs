namespace ReLoRA.Scripting.Slurm;

/// <summary>
/// What <c>scontrol update</c> says of an array. As soon as one task has ended, it answers for each group of tasks, and fails although the
/// others were changed: <c>3_0: Job has already finished</c>, <c>3_1-3: No error</c>.
/// </summary>
internal static class ThrottleAnswer
{
    /// <summary>What need not be limited any more.</summary>
    private static readonly string[] Harmless = ["already finished", "No error", "Invalid job id"];

    /// <summary>Whether all that still lives was changed.</summary>
    public static bool IsDone(string output, string error)
    {
        var lines = $"{output}\n{error}".Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return lines.Length > 0
            && lines.All(line => Harmless.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }
}
