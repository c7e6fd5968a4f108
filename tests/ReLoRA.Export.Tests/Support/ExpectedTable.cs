using ReLoRA.Results.Tables;

namespace ReLoRA.Export.Tests.Support;

/// <summary>A table as an export must hold it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, made of the logs in this process.</param>
internal sealed record ExpectedTable(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>All tables of an export, in the order of <see cref="ExportTables.Names"/>.</summary>
    public static IReadOnlyList<ExpectedTable> AllOf(ExportOptions export, ExportResult made) =>
        [
            ExpectedCells.Of(export),
            .. LogTables.All.Select(table => new ExpectedTable(
                table.Name,
                table.Columns,
                RealRuns.Rows(export, table)
            )),
            new ExpectedTable(
                ExportTables.Problems,
                [
                    Text("severity"),
                    Text("cell"),
                    Text("kind"),
                    new Column("offset", ColumnType.Integer, "", ""),
                    Text("message"),
                ],
                [
                    .. made.Problems.Select(problem =>
                        new object?[] { problem.Severity, problem.Cell, problem.Kind, problem.Offset, problem.Message }
                    ),
                ]
            ),
        ];

    private static Column Text(string name) => new(name, ColumnType.Text, "", "");
}
