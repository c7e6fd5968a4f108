using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;

namespace ReLoRA.Export;

/// <summary>A cell's log as far as it can be read, and what is to be said of it.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Log">The log; null where there is none that can be read.</param>
/// <param name="IsMissing">Whether the cell has none yet.</param>
/// <param name="Problems">What is to be said.</param>
internal sealed record CellLog(string Cell, RunLog? Log, bool IsMissing, IReadOnlyList<ExportProblem> Problems)
{
    /// <summary>Reads the log of a cell.</summary>
    public static CellLog Read(RunsFolder runs, string cell)
    {
        var reading = CellLogReading.Of(runs, cell);
        if (reading.Log is { } log)
            return new CellLog(cell, log, false, [.. OfLog(cell, log)]);
        if (reading.Fault is not { } fault)
            return new CellLog(cell, null, true, [Note(cell, "no_log", "there is no log: the cell was not started")]);
        var kind = reading.Format?.Fault == LogFault.UnsupportedFormat ? "newer_format" : "unreadable";
        return Unreadable(cell, kind, reading.Format?.Offset, fault);
    }

    private static IEnumerable<ExportProblem> OfLog(string cell, RunLog log)
    {
        foreach (var damage in log.Damages)
        {
            var isTorn = damage.Kind == LogDamageKind.TornTail;
            yield return new ExportProblem(
                isTorn ? ExportProblem.Note : ExportProblem.Error,
                cell,
                isTorn ? "torn_tail" : "damaged",
                damage.From,
                isTorn
                    ? $"the log ends in the middle of a record, at byte {damage.From}: the writer was killed or is writing; the records before it are exported"
                    : $"a part of the log is damaged and not exported: {damage}"
            );
        }
        if (log.Run is null)
            yield return Note(cell, "no_run", "the log does not tell what is run: it has no run record");
    }

    private static ExportProblem Note(string cell, string kind, string message) =>
        new(ExportProblem.Note, cell, kind, null, message);

    private static CellLog Unreadable(string cell, string kind, long? offset, string message) =>
        new(
            cell,
            null,
            false,
            [new ExportProblem(ExportProblem.Error, cell, kind, offset, $"nothing of its log is exported: {message}")]
        );
}
