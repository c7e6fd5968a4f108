namespace ReLoRA.Results.Tables;

/// <summary>
/// Every table that is made of logs, with every column: the one place that names them. docs/export.md is about their use. Columns of
/// keys are as docs/log-format.md says.
/// </summary>
public static class LogTables
{
    /// <summary>The record kind that no table is about: checksums tell of the file and nothing of the run.</summary>
    public const string LeftOut = Log.CrcRecord.KindName;

    /// <summary>Records of kinds that this version does not know.</summary>
    internal static LogTable OtherRecords { get; } =
        new(
            "other_records",
            "",
            "a record of a kind that this version does not know",
            [
                Column.Cell,
                new("offset", ColumnType.Integer, "bytes", "where the record begins in the log")
                {
                    Read = row => row.Entry.Offset,
                },
                new("kind", ColumnType.Text, "", "its kind") { Read = row => row.Entry.Kind },
                new("record", ColumnType.Text, "JSON", "all of the record") { Read = row => LogJson.Write(row.Record) },
            ]
        );

    /// <summary>All of them; that of the kinds that are not known comes last.</summary>
    public static IReadOnlyList<LogTable> All { get; } =
    [
        RunTables.Runs,
        StepTables.Steps,
        ResetTables.Resets,
        ResetTables.ResetLayers,
        ResetTables.ResetSpectra,
        EvaluationTables.Evals,
        EvaluationTables.EvalDomains,
        EvaluationTables.EvalRows,
        EvaluationTables.Pairs,
        EvaluationTables.PairsPhenomena,
        EvaluationTables.PairsItems,
        EvaluationTables.Tasks,
        EvaluationTables.TaskFigures,
        ProbeTables.Probes,
        ProbeTables.ProbeValues,
        ProbeTables.ProbeVectors,
        StepTables.Spikes,
        StepTables.Checkpoints,
        StepTables.Notes,
        RunTables.Ends,
        OtherRecords,
    ];

    private static readonly IReadOnlyList<LogTable> ForUnknown = [OtherRecords];

    // Asked for with every record.
    private static readonly Dictionary<string, IReadOnlyList<LogTable>> ByKind = All.GroupBy(table => table.Kind)
        .ToDictionary(kind => kind.Key, kind => (IReadOnlyList<LogTable>)[.. kind], StringComparer.Ordinal);

    /// <summary>The tables that records of a kind make; those of a kind that is not known make the last of <see cref="All"/>.</summary>
    /// <param name="kind">The record's kind.</param>
    public static IReadOnlyList<LogTable> OfKind(string kind) =>
        ByKind.TryGetValue(kind, out var tables) ? tables
        : kind == LeftOut ? []
        : ForUnknown;
}
