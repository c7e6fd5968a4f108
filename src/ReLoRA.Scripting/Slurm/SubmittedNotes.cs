using System.Globalization;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>What is to be told below a table of cells that were submitted: what someone must see to. Equal things are told once, however many cells have them.</summary>
internal static class SubmittedNotes
{
    private const int Named = 5;

    public static IReadOnlyList<string> Of(SweepStatus sweep, QueueState queue, RunsFolder runs, DateTimeOffset now)
    {
        var cells = sweep.Cells.Where(cell => cell.Slurm is not null).ToList();
        return
        [
            .. queue.IsKnown
                ? (string[])[]
                : [$"The scheduler could not be asked; this is what the logs say. {queue.Fault}"],
            .. Stuck(cells, now),
            .. Faults(cells),
            .. cells.Select(cell => cell.Slurm!.Damage).Where(damage => damage.Length > 0).Distinct(),
            .. Silent(cells),
            .. UnbegunNotes.Of(cells, runs),
            .. Wordless(cells, runs),
            .. Missing(sweep),
        ];
    }

    private static IEnumerable<string> Stuck(List<SweepStatusCell> cells, DateTimeOffset now) =>
        cells
            .Where(cell => cell.Slurm!.Standing == TaskStanding.Stuck)
            .GroupBy(cell => cell.Slurm!.Remedy)
            .Select(group =>
                $"{Count([.. group], "waits", "wait")}{Since(group, now)} and will not begin without help: {group.Key} {Labels(group)}"
            );

    private static string Since(IEnumerable<SweepStatusCell> cells, DateTimeOffset now) =>
        DateTimeOffset.TryParse(
            cells.Select(cell => cell.Slurm!.Since).Min(StringComparer.Ordinal),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var since
        )
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" since {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC ({RunText.Duration(Math.Max(0, (now - since).TotalSeconds))})"
            )
            : "";

    private static IEnumerable<string> Faults(List<SweepStatusCell> cells) =>
        cells
            .Where(cell => cell.Slurm!.Fault.Length > 0)
            .GroupBy(cell => (cell.Slurm!.Node, cell.Slurm.Fault))
            .Select(group =>
                $"{group.Key.Node} cannot train: {WithoutNode(group.Key.Fault, group.Key.Node)} {Labels(group)}"
            );

    private static string WithoutNode(string fault, string node) =>
        fault.StartsWith($"{node}: ", StringComparison.Ordinal) ? fault[(node.Length + 2)..] : fault;

    private static IEnumerable<string> Silent(List<SweepStatusCell> cells) =>
        cells
            .Where(cell => cell.Slurm!.IsSilent)
            .Select(cell =>
                $"{cell.Label} ({cell.Id}): task {cell.Slurm!.Task} runs on {cell.Slurm.Node}, and its worker has given {cell.Slurm.Why}. Let it begin again: scontrol requeue {cell.Slurm.Task}; or end it: relora cancel SCRIPT --only {cell.Id}"
            );

    /// <summary>A worker that failed has told why in its status; of one that was ended from outside there are only its last words.</summary>
    private static IEnumerable<string> Wordless(List<SweepStatusCell> cells, RunsFolder runs) =>
        cells
            .Where(cell =>
                cell.Slurm!.Standing == TaskStanding.Ended
                && !EndWords.IsCancelled(cell.Slurm.Why)
                && cell.Report.State is not CellState.Failed
                && !UnbegunNotes.HasLog(cell, runs)
            )
            .Select(cell => (Cell: cell, Path: runs.Cell(cell.Id).WorkerLogPath))
            .Select(found => (found.Cell, found.Path, Tail: WorkerLogTail.Read(found.Path, 0)))
            .Where(found => found.Tail.Length > 0)
            .Take(Named)
            .Select(found =>
                $"{found.Cell.Label} ({found.Cell.Id}): task {found.Cell.Slurm!.Task} {found.Cell.Slurm.Why}\n{found.Tail}\n    log: {found.Path}"
            );

    private static IEnumerable<string> Missing(SweepStatus sweep)
    {
        var missing = sweep
            .Cells.Where(cell =>
                cell.Report.State is not (CellState.Finished or CellState.Running) && cell.Slurm?.IsInHand != true
            )
            .ToList();
        if (missing.Count > 0)
            yield return $"{Count(missing, "is", "are")} not finished and in no task's hand: relora submit SCRIPT submits what is missing.";
    }

    private static string Count(List<SweepStatusCell> cells, string one, string more) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{cells.Count} {(cells.Count == 1 ? "cell" : "cells")} {(cells.Count == 1 ? one : more)}"
        );

    private static string Labels(IEnumerable<SweepStatusCell> cells)
    {
        var labels = cells.Take(Named + 1).Select(cell => cell.Label).ToList();
        return $"({string.Join(", ", labels.Take(Named))}{(labels.Count > Named ? ", ..." : "")})";
    }
}
