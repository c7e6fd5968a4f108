using System.Text.Json;
using ReLoRA.Results.Log;
using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>What one cell's log says of the cell as a whole.</summary>
internal sealed class CellFacts
{
    private static readonly LogTable Runs = LogTables.All.Single(table => table.Name == "runs");
    private static readonly LogTable Ends = LogTables.All.Single(table => table.Name == "ends");

    // The plan names these, and the configuration stands knob by knob.
    private static readonly string[] ToldElsewhere = ["cell", "config", "seed"];

    private readonly object?[]? run;
    private readonly object?[]? end;

    private CellFacts(CellLog log)
    {
        Cell = log.Cell;
        State = log.IsMissing ? "not started" : "unreadable";
        if (log.Log is not { } records)
            return;
        run = RowOf(records, Runs, last: false);
        end = records.IsFinished ? RowOf(records, Ends, last: true) : null;
        State = end is null ? "unfinished" : (string?)Value(Ends, end, "outcome") ?? "finished";
        Records = records.Entries.LongCount(entry => entry.Kind != LogTables.LeftOut);
        Damage = records.Damages.Count > 0 ? string.Join("; ", records.Damages) : null;
        var last = records.Records<StepRecord>().LastOrDefault();
        (Step, Tokens) = (last?.Step ?? 0, last?.Tokens ?? 0);
    }

    /// <summary>The columns of what is run and how it ended.</summary>
    public static IReadOnlyList<Column> Columns { get; } =
    [
        .. Runs
            .Columns.Where(column => !ToldElsewhere.Contains(column.Name))
            .Select(column => column with { Name = column.Name == "other" ? "run_other" : column.Name }),
        .. Ends
            .Columns.Where(column => column.Name != "cell")
            .Select(column => column with { Name = $"end_{column.Name}" }),
    ];

    public string Cell { get; }

    /// <summary>Of the table's row: <c>not started</c>, <c>unfinished</c>, <c>finished</c>, <c>diverged</c> or <c>unreadable</c>.</summary>
    public string State { get; }

    public long? Step { get; }

    public long? Tokens { get; }

    public long? Records { get; }

    public string? Damage { get; }

    public string? Seed => (string?)Value(Runs, run, "seed");

    /// <summary>The knobs by their paths; empty where the log does not tell them.</summary>
    public IReadOnlyDictionary<string, object?> Knobs { get; private init; } = new Dictionary<string, object?>();

    /// <summary>The values of <see cref="Columns"/>.</summary>
    public IEnumerable<object?> Values =>
        Runs
            .Columns.Where(column => !ToldElsewhere.Contains(column.Name))
            .Select(column => Value(Runs, run, column.Name))
            .Concat(
                Ends.Columns.Where(column => column.Name != "cell").Select(column => Value(Ends, end, column.Name))
            );

    /// <summary>Reads them.</summary>
    /// <param name="log">The log.</param>
    /// <param name="problem">What is wrong with the configuration; null where nothing is.</param>
    public static CellFacts Of(CellLog log, out ExportProblem? problem)
    {
        problem = null;
        var facts = new CellFacts(log);
        if (Value(Runs, facts.run, "config") is not string config)
            return facts;
        try
        {
            return new CellFacts(log) { Knobs = Export.Knobs.Of(config) };
        }
        catch (JsonException fault)
        {
            problem = new ExportProblem(
                ExportProblem.Note,
                log.Cell,
                "config",
                null,
                $"its configuration is not told knob by knob: {fault.Message}"
            );
            return facts;
        }
    }

    private static object?[]? RowOf(RunLog log, LogTable table, bool last)
    {
        var entries = log.Entries.Where(entry => entry.Kind == table.Kind);
        var entry = last ? entries.LastOrDefault() : entries.FirstOrDefault();
        return entry is null ? null : table.Rows("", entry).First();
    }

    private static object? Value(LogTable table, object?[]? row, string column) =>
        row?[table.Columns.Select(one => one.Name).ToList().IndexOf(column)];
}
