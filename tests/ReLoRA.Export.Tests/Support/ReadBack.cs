using System.Globalization;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using DuckDB.NET.Data;
using ReLoRA.Results.Tables;
using Column = ReLoRA.Results.Tables.Column;

namespace ReLoRA.Export.Tests.Support;

/// <summary>Reads a table's file by means that are not the writers': a parser of RFC 4180, .NET's JSON, Arrow's reader, DuckDB.</summary>
internal static class ReadBack
{
    public static List<object?[]> Of(ExportFormat format, string path, IReadOnlyList<Column> columns) =>
        format switch
        {
            ExportFormat.Csv => Csv(path, columns),
            ExportFormat.Ndjson => Ndjson(path, columns),
            ExportFormat.Feather => Feather(path, columns),
            _ => Parquet(path, columns),
        };

    private static List<object?[]> Csv(string path, IReadOnlyList<Column> columns)
    {
        var rows = CsvText.Parse(File.ReadAllText(path));
        Assert.Equal(columns.Select(column => column.Name), rows[0].Select(field => field.Text));
        return [.. rows.Skip(1).Select(row => row.Select((field, at) => Value(field, columns[at].Type)).ToArray())];
    }

    private static object? Value(CsvField field, ColumnType type) =>
        field is { Text.Length: 0, IsQuoted: false }
            ? null
            : type switch
            {
                ColumnType.Integer => long.Parse(field.Text, CultureInfo.InvariantCulture),
                ColumnType.Number => Number(field.Text),
                ColumnType.Flag => bool.Parse(field.Text),
                _ => field.Text,
            };

    private static double Number(string text) =>
        text switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };

    private static List<object?[]> Ndjson(string path, IReadOnlyList<Column> columns)
    {
        var rows = new List<object?[]>();
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(
                columns.Select(column => column.Name),
                json.RootElement.EnumerateObject().Select(key => key.Name)
            );
            rows.Add([.. columns.Select(column => Value(json.RootElement.GetProperty(column.Name), column.Type))]);
        }
        return rows;
    }

    private static object? Value(JsonElement value, ColumnType type) =>
        (type, value.ValueKind) switch
        {
            (_, JsonValueKind.Null) => null,
            (ColumnType.Integer, _) => value.GetInt64(),
            (ColumnType.Number, JsonValueKind.String) => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            (ColumnType.Number, _) => value.GetDouble(),
            (ColumnType.Flag, _) => value.GetBoolean(),
            _ => value.GetString(),
        };

    private static List<object?[]> Feather(string path, IReadOnlyList<Column> columns)
    {
        using var file = File.OpenRead(path);
        using var reader = new ArrowFileReader(file);
        var rows = new List<object?[]>();
        while (reader.ReadNextRecordBatch() is { } batch)
        {
            using (batch)
            {
                Assert.Equal(
                    columns.Select(column => column.Name),
                    batch.Schema.FieldsList.Select(field => field.Name)
                );
                for (var row = 0; row < batch.Length; row++)
                    rows.Add([.. batch.Arrays.Select(array => Value(array, row))]);
            }
        }
        return rows;
    }

    private static object? Value(IArrowArray array, int row) =>
        array switch
        {
            Int64Array integers => integers.GetValue(row),
            DoubleArray numbers => numbers.GetValue(row),
            BooleanArray flags => flags.GetValue(row),
            StringArray texts => texts.GetString(row),
            _ => throw new InvalidOperationException($"{array.GetType()}"),
        };

    private static List<object?[]> Parquet(string path, IReadOnlyList<Column> columns)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        // Else DuckDB would look for extensions on the network.
        command.CommandText = "SET autoinstall_known_extensions=false; SET autoload_known_extensions=false";
        command.ExecuteNonQuery();
        command.CommandText = $"SELECT * FROM read_parquet('{path}')";
        using var reader = command.ExecuteReader();
        Assert.Equal(
            columns.Select(column => (column.Name, DuckDbType(column.Type))),
            Enumerable.Range(0, reader.FieldCount).Select(at => (reader.GetName(at), reader.GetDataTypeName(at)))
        );
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([
                .. Enumerable
                    .Range(0, reader.FieldCount)
                    .Select(at => reader.IsDBNull(at) ? null : reader.GetValue(at)),
            ]);
        return rows;
    }

    private static string DuckDbType(ColumnType type) =>
        type switch
        {
            ColumnType.Integer => "BigInt",
            ColumnType.Number => "Double",
            ColumnType.Flag => "Boolean",
            _ => "Varchar",
        };
}
