using ReLoRA.Results.Runs;
using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>The table of cells: what the plan says, how far they are, what is run, how it ended, and the knobs.</summary>
/// <param name="knob">Type, unit and meaning of a knob; null where they are not known.</param>
internal sealed class CellsTable(Func<string, Column?> knob)
{
    /// <summary>What the columns of knobs begin with.</summary>
    public const string KnobPrefix = "config.";

    private static readonly Column[] Planned =
    [
        new("sweep", ColumnType.Text, "", "the sweep; null of a cell that is in none"),
        new("cell", ColumnType.Text, "", "the cell's id"),
        new("label", ColumnType.Text, "", "its name within the sweep, seed included"),
        new("arm", ColumnType.Text, "", "its name without the seed: cells of one arm differ in nothing else"),
        new("seed", ColumnType.Text, "", "its seed, in decimal digits"),
        new(
            "baseline",
            ColumnType.Text,
            "",
            "the id of the cell that it is compared with; null where it has none or is one"
        ),
        new("state", ColumnType.Text, "", "not started, unfinished, finished, diverged or unreadable"),
        new("last_step", ColumnType.Integer, "updates", "that the log tells of"),
        new("last_tokens", ColumnType.Integer, "tokens", "trained on, as far as the log tells"),
        new("records", ColumnType.Integer, "records", "read of its log, checksums apart"),
        new("damage", ColumnType.Text, "", "where the log is damaged and how"),
    ];

    private readonly List<(string? Sweep, SweepCell? Planned, CellFacts Facts)> rows = [];

    /// <summary>Adds a cell.</summary>
    public void Add(string? sweep, SweepCell? planned, CellFacts facts) => rows.Add((sweep, planned, facts));

    /// <summary>The columns, known once all cells are there.</summary>
    public IReadOnlyList<Column> Columns() => [.. Planned, .. CellFacts.Columns, .. KnobColumns()];

    /// <summary>The rows.</summary>
    public IEnumerable<object?[]> Rows()
    {
        var knobs = KnobColumns();
        return rows.Select(row =>
            new object?[]
            {
                row.Sweep,
                row.Facts.Cell,
                row.Planned?.Label,
                row.Planned?.Arm,
                row.Facts.Seed ?? row.Planned?.Seed,
                row.Planned?.Baseline is { Length: > 0 } baseline ? baseline : null,
                row.Facts.State,
                row.Facts.Step,
                row.Facts.Tokens,
                row.Facts.Records,
                row.Facts.Damage,
            }
                .Concat(row.Facts.Values)
                .Concat(knobs.Select(column => Value(row.Facts, column)))
                .ToArray()
        );
    }

    private List<Column> KnobColumns() =>
        [
            .. rows.SelectMany(row => row.Facts.Knobs.Keys)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(ColumnOf),
        ];

    private Column ColumnOf(string path)
    {
        var values = rows.Select(row => row.Facts.Knobs.GetValueOrDefault(path)).Where(value => value is not null);
        var found = TypeOf(values!);
        var known = knob(path);
        // What was logged decides where it does not fit what this version knows.
        var type = known is { Type: ColumnType.Number } && found == ColumnType.Integer ? known.Type : found;
        return new Column(
            $"{KnobPrefix}{path}",
            type,
            known?.Unit ?? "",
            known?.Meaning ?? $"the knob {path} of the configuration"
        )
        {
            Source = $"config: {path}",
        };
    }

    private static ColumnType TypeOf(IEnumerable<object> values)
    {
        var types = values.Select(value => value.GetType()).Distinct().ToList();
        return types.All(type => type == typeof(long)) && types.Count > 0 ? ColumnType.Integer
            : types.All(type => type == typeof(long) || type == typeof(double)) && types.Count > 0 ? ColumnType.Number
            : types.All(type => type == typeof(bool)) && types.Count > 0 ? ColumnType.Flag
            : ColumnType.Text;
    }

    private static object? Value(CellFacts facts, Column column) =>
        (column.Type, facts.Knobs.GetValueOrDefault(column.Name[KnobPrefix.Length..])) switch
        {
            (_, null) => null,
            (ColumnType.Number, long whole) => (double)whole,
            (ColumnType.Text, string text) => text,
            // Numbers in one cell and a text in another: all are texts.
            (ColumnType.Text, var value) => LogJson.Write(value),
            (_, var value) => value,
        };
}
