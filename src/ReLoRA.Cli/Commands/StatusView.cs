using System.Globalization;
using ReLoRA.Analysis;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>A sweep's status for people.</summary>
internal static class StatusView
{
    /// <summary>All sweeps, and what they take on the disk.</summary>
    public static string Of(IReadOnlyList<SweepStatus> sweeps, RunsFolder runs)
    {
        var used = FolderSize.Of(runs.Root);
        var hint = sweeps.Any(sweep => sweep.Cells.Any(cell => cell.Report.State == CellState.Finished))
            ? "; relora clean frees checkpoints of finished cells"
            : "";
        var disk = used == 0 ? "" : $"{runs.Root} takes {ByteText.Of(used)}{hint}.\n";
        return string.Concat(sweeps.Select(sweep => Of(sweep) + "\n")) + disk;
    }

    private static string Of(SweepStatus sweep)
    {
        string[] columns = ["cell", "id", "state", "loss", "left", .. sweep.Slurm is null ? [] : SubmittedView.Columns];
        var rows = sweep.Cells.Select(cell =>
            (string[])
                [
                    cell.Label,
                    cell.Id,
                    State(cell.Report),
                    Loss(cell.Report),
                    Left(cell.Report),
                    .. sweep.Slurm is null ? [] : SubmittedView.Of(cell.Slurm),
                ]
        );
        var failures = sweep
            .Cells.Where(cell => cell.Report.State == CellState.Failed)
            .Select(cell => $"{cell.Label} ({cell.Id}): {cell.Report.Message}");
        return TableText.Render(
            new Table(sweep.Name, columns, [.. rows], [.. failures, .. sweep.Slurm?.Notes ?? []]),
            0
        );
    }

    public static string State(CellReport report) =>
        report.State switch
        {
            CellState.New => "new",
            CellState.Finished => "finished",
            CellState.Paused => string.Create(
                CultureInfo.InvariantCulture,
                $"paused at step {report.Step} of {report.Steps} (not promoted)"
            ),
            var state => string.Create(
                CultureInfo.InvariantCulture,
                $"{(state == CellState.Running ? "running" : state == CellState.Failed ? "failed" : "stopped")}, step {report.Step} of {report.Steps}"
            ),
        };

    private static string Loss(CellReport report) =>
        double.IsNaN(report.Loss) ? "" : report.Loss.ToString("F4", CultureInfo.InvariantCulture);

    private static string Left(CellReport report) =>
        double.IsFinite(report.SecondsLeft) && report.State == CellState.Running
            ? RunText.Duration(report.SecondsLeft)
            : "";
}
