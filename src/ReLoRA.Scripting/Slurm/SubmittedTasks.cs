using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Every task that was ever submitted for the sweeps of a folder of runs. Cells belong to no sweep: one sweep's task may train another's cell.</summary>
public sealed class SubmittedTasks
{
    private readonly Dictionary<string, List<SubmittedTask>> byCell = new(StringComparer.Ordinal);

    private SubmittedTasks(IReadOnlyList<SubmittedTask> tasks)
    {
        All = tasks;
        foreach (var task in tasks)
        foreach (var cell in task.Cells)
            if (byCell.TryGetValue(cell, out var others))
                others.Add(task);
            else
                byCell.Add(cell, [task]);
    }

    /// <summary>The tasks, in the order in which they were submitted.</summary>
    public IReadOnlyList<SubmittedTask> All { get; }

    /// <summary>Reads what was submitted.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <exception cref="RunFileException">A job's file is damaged.</exception>
    public static SubmittedTasks Read(RunsFolder runs) =>
        new([
            .. runs.Sweeps()
                .SelectMany(sweep => Jobs(sweep).Select(job => (Sweep: sweep.Name, Job: job)))
                .OrderBy(found => Moment(found.Job), StringComparer.Ordinal)
                .SelectMany(found =>
                    Enumerable
                        .Range(0, found.Job.Tasks.Count)
                        .Select(number => new SubmittedTask(found.Sweep, found.Job, number))
                ),
        ]);

    /// <summary>The tasks that were to train a cell, the first submitted first; none where it was never submitted.</summary>
    /// <param name="cell">The cell's id.</param>
    public IReadOnlyList<SubmittedTask> Of(string cell) => byCell.TryGetValue(cell, out var tasks) ? tasks : [];

    /// <summary>The jobs that were to train some of these cells, by id.</summary>
    /// <param name="cells">The cells' ids.</param>
    public IReadOnlyList<string> JobsOf(IEnumerable<string> cells) =>
        [.. cells.SelectMany(Of).Select(task => task.Job.Id).Distinct()];

    private static IEnumerable<SlurmJob> Jobs(SweepFolder sweep) =>
        Directory.Exists(sweep.SlurmPath)
            ? Directory
                .EnumerateFiles(sweep.SlurmPath, "*.json")
                .Where(path => Path.GetFileNameWithoutExtension(path.AsSpan()) is var name && IsJob(name))
                .Select(SlurmJob.Read)
                .OfType<SlurmJob>()
            : [];

    /// <summary>Beside a job's file lie those of its tasks, whose names have more than a number.</summary>
    private static bool IsJob(ReadOnlySpan<char> name) => name.Length > 0 && !name.ContainsAnyExceptInRange('0', '9');

    // Equal moments are told apart by the ids, which rise.
    private static string Moment(SlurmJob job) => $"{job.Submitted} {job.Id.PadLeft(12, '0')}";
}
