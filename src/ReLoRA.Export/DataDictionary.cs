using System.Text.Json;
using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>The columns of all tables of an export, as a table and as JSON.</summary>
internal sealed class DataDictionary
{
    public const string CsvName = "columns.csv";
    public const string JsonName = "columns.json";

    private static readonly IReadOnlyList<Column> Columns =
    [
        new("table", ColumnType.Text, "", "the table"),
        new("column", ColumnType.Text, "", "the column"),
        new("type", ColumnType.Text, "", "integer, number, boolean or text"),
        new("unit", ColumnType.Text, "", "of the values"),
        new("meaning", ColumnType.Text, "", "of the values"),
        new("kind", ColumnType.Text, "", "the kind of record that the table is made of"),
        new("source", ColumnType.Text, "", "the key in the record"),
    ];

    private readonly List<string?[]> rows = [];

    public void Add(string table, string kind, IReadOnlyList<Column> columns)
    {
        foreach (var column in columns)
            rows.Add([table, column.Name, TypeName(column.Type), column.Unit, column.Meaning, kind, column.Source]);
    }

    public void Write(string folder)
    {
        var batch = new TableBatch(Columns);
        foreach (var row in rows)
            batch.Add([.. row.Select(text => text is { Length: > 0 } ? text : null)]);
        using (var csv = new CsvTableWriter(Path.Combine(folder, CsvName), Columns))
        {
            csv.Write(batch);
            csv.Complete();
        }
        var maps = rows.Select(row =>
            Columns
                .Select((column, at) => (column.Name, Text: row[at]))
                .ToDictionary(pair => pair.Name, pair => pair.Text)
        );
        File.WriteAllText(Path.Combine(folder, JsonName), JsonSerializer.Serialize(maps, ExportJson.Options) + "\n");
    }

    private static string TypeName(ColumnType type) =>
        type == ColumnType.Flag ? "boolean" : type.ToString().ToLowerInvariant();
}
