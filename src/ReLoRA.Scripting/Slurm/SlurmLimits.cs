using System.Globalization;
using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

/// <summary>What a cluster allows.</summary>
/// <param name="MostTasks">Tasks of one array.</param>
/// <param name="Cluster">The cluster's name; empty where it is not known.</param>
public sealed record SlurmLimits(int MostTasks, string Cluster)
{
    /// <summary>What Slurm has where a site changes nothing.</summary>
    public static SlurmLimits Usual { get; } = new(1001, "");

    /// <summary>Asks the controller.</summary>
    /// <exception cref="UserFaultException">There is no scheduler, or it does not answer.</exception>
    public static SlurmLimits Ask()
    {
        var (exit, output, error) = SchedulerProgram.Run("scontrol", ["show", "config"]);
        return exit == 0
            ? Read(output)
            : throw new UserFaultException(
                $"Slurm does not tell its settings: {error} See for yourself: scontrol show config"
            );
    }

    internal static SlurmLimits Read(string config)
    {
        var values = config
            .Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0].Trim(), parts => parts[1].Trim());
        // The number is that of indices from 0.
        return
            int.TryParse(
                values["MaxArraySize"].FirstOrDefault(),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var most
            )
            && most > 0
            ? new SlurmLimits(most, values["ClusterName"].FirstOrDefault() ?? "")
            : Usual;
    }
}
