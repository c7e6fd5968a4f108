using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Slurm by its own programs, whose output is read as text.</summary>
public sealed partial class SlurmScheduler : IScheduler
{
    /// <inheritdoc/>
    public string Submit(string script)
    {
        var (exit, output, error) = SchedulerProgram.Run("sbatch", ["--parsable"], script);
        // With several clusters, ID;CLUSTER.
        var id = output.Trim().Split(';')[0];
        return exit == 0 && id.Length > 0 && id.All(char.IsAsciiDigit)
            ? id
            : throw new UserFaultException(
                $"Slurm refuses the job: {Told(error)}{Remedy(error)} The script that it was given: relora submit SCRIPT --dry-run"
            );
    }

    private static string Told(string error) =>
        string.Join(
            ' ',
            error
                .Split('\n')
                .Select(line => line.Replace("sbatch: error: ", "", StringComparison.Ordinal).Trim().TrimEnd('.') + ".")
                .Distinct()
        );

    private static string Remedy(string error)
    {
        if (RefusalRemedy.Of(error) is not { Length: > 0 } remedy)
            return "";
        if (!RefusalRemedy.NeedsPartitions(error))
            return $" {remedy}";
        var (exit, output, _) = SchedulerProgram.Run("sinfo", ["-h", "-o", "%R"]);
        return exit == 0
            ? $" Partitions here: {string.Join(", ", output.Split('\n', StringSplitOptions.RemoveEmptyEntries))}. {remedy}"
            : $" {remedy}";
    }
}
