namespace ReLoRA.Results.Runs;

/// <summary>The places inside one sweep's folder.</summary>
public sealed class SweepFolder
{
    internal SweepFolder(string name, string path)
    {
        Name = name;
        Path = path;
    }

    /// <summary>The sweep's name.</summary>
    public string Name { get; }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The plan and its provenance: <see cref="SweepFile"/>.</summary>
    public string PlanPath => System.IO.Path.Combine(Path, "sweep.json");

    /// <summary>Held for a moment by a process that begins to run the sweep: <see cref="FileLock"/>.</summary>
    public string LockPath => System.IO.Path.Combine(Path, "lock");

    /// <summary>The folder with a lock for each process that runs the sweep.</summary>
    public string RunningPath => System.IO.Path.Combine(Path, "running");

    /// <summary>The folder of what was submitted to Slurm.</summary>
    public string SlurmPath => System.IO.Path.Combine(Path, "slurm");

    /// <summary>An array job: <see cref="SlurmJob"/>.</summary>
    /// <param name="job">The array job's id.</param>
    public string SlurmJobPath(string job) => System.IO.Path.Combine(SlurmPath, $"{job}.json");

    /// <summary>What a task tells of itself: <see cref="SlurmTask"/>.</summary>
    /// <param name="job">The array job's id.</param>
    /// <param name="task">The task's number.</param>
    public string SlurmTaskPath(string job, int task) =>
        System.IO.Path.Combine(SlurmPath, FormattableString.Invariant($"{job}_{task}.json"));
}
