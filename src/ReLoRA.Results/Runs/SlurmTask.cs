namespace ReLoRA.Results.Runs;

/// <summary>What a task of an array job tells of itself: <c>sweeps/NAME/slurm/JOB_TASK.json</c>, written by the task alone.</summary>
public sealed record SlurmTask
{
    /// <summary>Its starts, in order.</summary>
    public required IReadOnlyList<SlurmSitting> Sittings { get; init; }

    /// <summary>Reads a task.</summary>
    /// <param name="path"><c>JOB_TASK.json</c>.</param>
    /// <returns>The task; null where there is no file: it has not begun.</returns>
    /// <exception cref="RunFileException">The file is no task.</exception>
    public static SlurmTask? Read(string path) =>
        RunJson.Read<SlurmTask>(
            path,
            "It only explains how the task's starts ended. Delete it; the next start writes it anew."
        );

    /// <summary>Replaces the file.</summary>
    /// <param name="path"><c>JOB_TASK.json</c>.</param>
    public void Write(string path) => RunJson.Write(path, this);
}
