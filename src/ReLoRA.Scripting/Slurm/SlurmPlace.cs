using System.Globalization;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Where a sweep's jobs leave what they have on the disk.</summary>
/// <param name="Runs">The folder of runs.</param>
/// <param name="Sweep">The sweep's name.</param>
public sealed record SlurmPlace(RunsFolder Runs, string Sweep)
{
    /// <summary>The folder.</summary>
    public string Path => Runs.Sweep(Sweep).SlurmPath;

    /// <summary>The logs of tasks. Slurm makes no folder for them.</summary>
    public string LogsPath => System.IO.Path.Combine(Path, "logs");

    /// <summary>The orders of a job.</summary>
    /// <param name="key">What they are known by.</param>
    public OrderFolder Orders(string key) => new(System.IO.Path.Combine(Path, "orders", key));

    /// <summary>What tells orders from equal ones that were submitted before or elsewhere.</summary>
    /// <param name="index">The job's place among those that are submitted together.</param>
    public string Unlike(int index)
    {
        var orders = System.IO.Path.Combine(Path, "orders");
        var before = Directory.Exists(orders) ? Directory.GetDirectories(orders).Length : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName} {Path} {before} {index}");
    }
}
