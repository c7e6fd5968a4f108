using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>What a reader of the tables should know of their making.</summary>
/// <param name="Severity"><c>error</c> where something that was logged is missing from the tables; else <c>note</c>.</param>
/// <param name="Cell">The cell; null where it is about no cell.</param>
/// <param name="Kind">What it is, for example <c>damaged</c>.</param>
/// <param name="Offset">Where in the log, in bytes; null where that is no question.</param>
/// <param name="Message">What was found.</param>
public sealed record ExportProblem(string Severity, string? Cell, string Kind, long? Offset, string Message)
{
    internal const string Error = "error";
    internal const string Note = "note";

    internal static IReadOnlyList<Column> Columns { get; } =
    [
        new(
            "severity",
            ColumnType.Text,
            "",
            "error where something that was logged is missing from the tables; else note"
        ),
        new("cell", ColumnType.Text, "", "the cell's id; null where it is about no cell"),
        new(
            "kind",
            ColumnType.Text,
            "",
            "newer_format, unreadable, damaged, torn_tail, no_log, no_run, unknown_kind, unknown_key, no_plan or config"
        ),
        new("offset", ColumnType.Integer, "bytes", "where in the log"),
        new("message", ColumnType.Text, "", "what was found"),
    ];

    /// <summary>The problem in a line, for people.</summary>
    public string Line =>
        string.Concat(Severity == Error ? "error: " : "note: ", Cell is null ? "" : $"cell {Cell}: ", Message);

    internal object?[] Row() => [Severity, Cell, Kind, Offset, Message];
}
