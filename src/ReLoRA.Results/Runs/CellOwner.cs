namespace ReLoRA.Results.Runs;

/// <summary>
/// Who may write a cell that a scheduler has trained: <c>owner.json</c>. Locks of the kernel do not reach over nodes on every file system; a
/// process that finds another owner here than itself has been replaced, and ends without writing.
/// </summary>
public sealed record CellOwner
{
    /// <summary>The array job's id.</summary>
    public required string Job { get; init; }

    /// <summary>The task's number.</summary>
    public required int Task { get; init; }

    /// <summary>How often the task had been requeued: <c>SLURM_RESTART_COUNT</c>.</summary>
    public required int Restart { get; init; }

    /// <summary>The node. Default: empty, not known.</summary>
    public string Node { get; init; } = "";

    /// <summary>The process id of the task on its node. Default: 0, not known.</summary>
    public int ProcessId { get; init; }

    /// <summary>Reads an owner.</summary>
    /// <param name="path"><c>owner.json</c>.</param>
    /// <returns>The owner; null where there is no file: no scheduler ever had the cell.</returns>
    /// <exception cref="RunFileException">The file is no owner.</exception>
    public static CellOwner? Read(string path) => RunJson.Read<CellOwner>(path);

    /// <summary>Replaces the file.</summary>
    /// <param name="path"><c>owner.json</c>.</param>
    public void Write(string path) => RunJson.Write(path, this);
}
