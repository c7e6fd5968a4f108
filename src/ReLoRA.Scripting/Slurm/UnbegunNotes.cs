using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>
/// What is told of tasks that ended and never told anything of themselves. The scheduler opens a task's log before anything of it runs: where there
/// is none, the node did not see the folder; where there is one, it has what ended the task.
/// </summary>
internal static class UnbegunNotes
{
    private const int Named = 5;

    public static IEnumerable<string> Of(IReadOnlyList<SweepStatusCell> cells, RunsFolder runs)
    {
        var silent = cells
            .Where(cell => IsUnbegun(cell, runs))
            .DistinctBy(cell => cell.Slurm!.Task)
            .ToLookup(cell => File.Exists(LogPath(cell, runs)));
        foreach (var cell in silent[true].Take(Named))
            yield return $"task {cell.Slurm!.Task} ended before it told anything ({cell.Label})\n{WorkerLogTail.Read(LogPath(cell, runs), 0)}\n    log: {LogPath(cell, runs)}";
        foreach (
            var node in silent[false]
                .Where(cell => EndWords.IsFailure(cell.Slurm!.Why))
                .GroupBy(cell => cell.Slurm!.Node)
                .Take(Named)
        )
            yield return $"{(node.Key.Length > 0 ? node.Key : "A node")} could not write {Folder(node.First(), runs)}: does it see the folder of runs under this path? It has to lie on a file system that the nodes share: move it there, or give --runs; "
                + $"or leave the node out, --sbatch-arg=--exclude=NODE. (task {string.Join(", ", node.Take(Named).Select(cell => cell.Slurm!.Task))})";
    }

    /// <summary>Whether a cell's task ended without a word of its own.</summary>
    private static bool IsUnbegun(SweepStatusCell cell, RunsFolder runs) =>
        cell.Slurm is { Standing: TaskStanding.Ended or TaskStanding.Forgotten } slurm
        && !EndWords.IsCancelled(slurm.Why)
        && !File.Exists(Path.Combine(runs.Sweep(slurm.Sweep).SlurmPath, $"{slurm.Task}.json"));

    /// <summary>Whether its end is told by the task's log.</summary>
    public static bool HasLog(SweepStatusCell cell, RunsFolder runs) =>
        IsUnbegun(cell, runs) && File.Exists(LogPath(cell, runs));

    private static string Folder(SweepStatusCell cell, RunsFolder runs) =>
        new SlurmPlace(runs, cell.Slurm!.Sweep).LogsPath;

    private static string LogPath(SweepStatusCell cell, RunsFolder runs) =>
        Path.Combine(Folder(cell, runs), $"{cell.Slurm!.Task}.log");
}
