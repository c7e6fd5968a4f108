using System.Text.RegularExpressions;

namespace ReLoRA.Scripting.Slurm;

/// <summary>
/// A further option of <c>sbatch</c>. It stands after those of relora, and of equal ones the last wins: what relora relies on, or has an option of its
/// own for, would have another value in the task than it was told. The options are read as <c>sbatch</c> does: by their beginnings, and with a value
/// that follows a letter at once.
/// </summary>
internal static partial class SbatchArgument
{
    /// <summary>The options of <c>sbatch</c> that have one of relora's.</summary>
    private static readonly Dictionary<string, string> Chosen = new(StringComparer.Ordinal)
    {
        ["--partition"] = "--partition",
        ["-p"] = "--partition",
        ["--time"] = "--time",
        ["-t"] = "--time",
        ["--cpus-per-task"] = "--cpus",
        ["-c"] = "--cpus",
        ["--gpus"] = "--gpus",
        ["-G"] = "--gpus",
        ["--mem"] = "--mem",
        ["--account"] = "--account",
        ["-A"] = "--account",
        ["--wait"] = "--wait",
        ["-W"] = "--wait",
        ["--test-only"] = "--dry-run",
    };

    private static readonly string[] Set =
    [
        "--array",
        "-a",
        "--signal",
        "--output",
        "-o",
        "--error",
        "-e",
        "--open-mode",
        "--requeue",
        "--no-requeue",
        "--nodes",
        "-N",
        "--ntasks",
        "-n",
        "--job-name",
        "-J",
        "--dependency",
        "-d",
        "--kill-on-invalid-dep",
        "--wrap",
        "--parsable",
    ];

    /// <summary>What is wrong with it; null for nothing.</summary>
    public static string? Fault(string argument)
    {
        if (!One().IsMatch(argument))
            return $"sbatch-arg is '{argument}'; allowed: one option of sbatch, such as --exclude=node7.";
        var name = argument.StartsWith("--", StringComparison.Ordinal)
            ? argument.Split('=', ' ', '\t')[0]
            : argument[..2];
        if (Chosen.Keys.FirstOrDefault(own => own.StartsWith(name, StringComparison.Ordinal)) is { } chosen)
            return $"sbatch-arg is '{argument}', and for {chosen} relora has an option of its own. Leave it out, and give {Chosen[chosen]}.";
        return Set.FirstOrDefault(own => own.StartsWith(name, StringComparison.Ordinal)) is { } set
            ? $"sbatch-arg is '{argument}', and {set} is set by relora itself. Leave it out; what can be chosen has an option of its own: relora submit --help"
            : null;
    }

    /// <summary>A line with one option: letters without a value are not put together, and no second option follows.</summary>
    [GeneratedRegex(@"^(?![^\n\r]*\s-)(--[a-z][^\n\r]*|-[A-Za-z](?<![HhIkOQsuvVW])[^\n\r]*|-[HhIkOQsuvVW])\z")]
    private static partial Regex One();
}
