namespace ReLoRA.Results.Runs;

/// <summary>An array job of a sweep, as it was submitted: <c>sweeps/NAME/slurm/JOB.json</c>. What became of it, its tasks and the cells' own logs tell.</summary>
public sealed record SlurmJob
{
    /// <summary>The array job's id, as <c>sbatch --parsable</c> prints it.</summary>
    public required string Id { get; init; }

    /// <summary>The cells of each task, by id, in the order in which the task begins them; the task's number is the place.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Tasks { get; init; }

    /// <summary>When it was submitted, ISO 8601, UTC.</summary>
    public required string Submitted { get; init; }

    /// <summary>The host that submitted it. Default: empty.</summary>
    public string Host { get; init; } = "";

    /// <summary>The cluster's name, where the scheduler told it. Default: empty.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>The partition that was asked for. Default: empty, the site's own.</summary>
    public string Partition { get; init; } = "";

    /// <summary>Reads a job.</summary>
    /// <param name="path"><c>JOB.json</c>.</param>
    /// <returns>The job; null where there is no file.</returns>
    /// <exception cref="RunFileException">The file is no job.</exception>
    public static SlurmJob? Read(string path) =>
        RunJson.Read<SlurmJob>(
            path,
            $"It tells which cells were submitted. End the job where it still lives, scancel {Path.GetFileNameWithoutExtension(path)}, delete the file, and submit what is missing again."
        );

    /// <summary>Replaces the file.</summary>
    /// <param name="path"><c>JOB.json</c>.</param>
    public void Write(string path) => RunJson.Write(path, this);
}
