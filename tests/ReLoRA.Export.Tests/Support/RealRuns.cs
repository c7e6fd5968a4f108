using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Results.Tables;
using ReLoRA.Testing;

namespace ReLoRA.Export.Tests.Support;

/// <summary>The logs of a sweep that was trained: Fixtures/real.csx.</summary>
internal static class RealRuns
{
    public const string Baseline = "f7e3a619ed1b";
    public const string LowRank = "9248e3301a01";

    public static RunsFolder Folder { get; } =
        new(Repository.PathOf("tests", "ReLoRA.Export.Tests", "Fixtures", "runs"));

    public static SweepFile Plan { get; } = SweepFile.Read(Folder.Sweep("real").PlanPath)!;

    public static ExportOptions Options(string output, ExportFormat format) =>
        new()
        {
            Runs = Folder,
            Sweeps = [Plan],
            Format = format,
            Output = output,
        };

    public static ExportResult Export(string output, ExportFormat format) =>
        RunsExporter.Export(Options(output, format), _ => { }, CancellationToken.None);

    /// <summary>The rows that the logs of an export have in this process: cells of the plans first.</summary>
    public static List<object?[]> Rows(ExportOptions export, LogTable table) =>
        [
            .. export
                .Sweeps.SelectMany(sweep => sweep.Cells.Select(cell => cell.Id))
                .Concat(export.Runs.Cells().Select(cell => cell.Id))
                .Distinct()
                .SelectMany(cell =>
                    RunLogReader
                        .Read(export.Runs.Cell(cell).LogPath)
                        .Entries.Where(entry => LogTables.OfKind(entry.Kind).Contains(table))
                        .SelectMany(entry => table.Rows(cell, entry))
                ),
        ];
}
