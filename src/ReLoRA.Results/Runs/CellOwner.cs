using System.Globalization;
using System.Text.Json.Serialization;

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

    /// <summary>Its task, as the scheduler takes it: <c>JOB_TASK</c>.</summary>
    [JsonIgnore]
    public string TaskName => string.Create(CultureInfo.InvariantCulture, $"{Job}_{Task}");

    /// <summary>What it is known by: <c>JOB_TASK_RESTART</c>.</summary>
    [JsonIgnore]
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{TaskName}_{Restart}");

    /// <summary>Whether another is the same start of the same task.</summary>
    /// <param name="other">The other; null for none.</param>
    public bool IsSame(CellOwner? other) => other is not null && Name == other.Name;

    /// <summary>Whether another is a start of the same task, the same or not.</summary>
    /// <param name="other">The other.</param>
    public bool IsOfTask(CellOwner other) => TaskName == other.TaskName;

    /// <summary>Reads a <see cref="Name"/>.</summary>
    /// <param name="name">For example <c>17_3_0</c>.</param>
    /// <exception cref="FormatException">It is no such name.</exception>
    public static CellOwner Parse(string name) =>
        name.Split('_') is [{ Length: > 0 } job, var task, var restart]
        && int.TryParse(task, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(restart, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new CellOwner
            {
                Job = job,
                Task = number,
                Restart = count,
            }
            : throw new FormatException($"'{name}' is no owner of a cell; allowed: JOB_TASK_RESTART.");

    /// <summary>Reads an owner.</summary>
    /// <param name="path"><c>owner.json</c>.</param>
    /// <returns>The owner; null where there is no file: no scheduler ever had the cell.</returns>
    /// <exception cref="RunFileException">The file is no owner.</exception>
    public static CellOwner? Read(string path) =>
        RunJson.Read<CellOwner>(
            path,
            "It tells who may train the cell. Delete it once nothing trains the cell; whoever does next goes on from its last checkpoint."
        );

    /// <summary>Replaces the file.</summary>
    /// <param name="path"><c>owner.json</c>.</param>
    public void Write(string path) => RunJson.Write(path, this);
}
