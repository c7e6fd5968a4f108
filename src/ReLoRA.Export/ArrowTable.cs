using Apache.Arrow;
using Apache.Arrow.Types;
using ReLoRA.Results.Tables;
using Column = ReLoRA.Results.Tables.Column;

namespace ReLoRA.Export;

/// <summary>A table as Arrow has it: schema with each column's unit and meaning, rows as record batches.</summary>
internal static class ArrowTable
{
    /// <summary>The schema.</summary>
    public static Schema Schema(string table, IReadOnlyList<Column> columns) =>
        new(
            columns.Select(column => new Field(column.Name, TypeOf(column.Type), nullable: true, Metadata(column))),
            new Dictionary<string, string> { ["relora.table"] = table }
        );

    /// <summary>Some rows.</summary>
    public static RecordBatch Batch(Schema schema, TableBatch rows) =>
        new(schema, rows.Columns.Select((column, at) => Array(column.Type, rows.Of(at))), rows.Rows);

    private static Dictionary<string, string> Metadata(Column column) =>
        new() { ["unit"] = column.Unit, ["description"] = column.Meaning };

    private static ArrowType TypeOf(ColumnType type) =>
        type switch
        {
            ColumnType.Integer => Int64Type.Default,
            ColumnType.Number => DoubleType.Default,
            ColumnType.Flag => BooleanType.Default,
            _ => StringType.Default,
        };

    private static IArrowArray Array(ColumnType type, IReadOnlyList<object?> values) =>
        type switch
        {
            ColumnType.Integer => Integers(values),
            ColumnType.Number => Numbers(values),
            ColumnType.Flag => Flags(values),
            _ => Texts(values),
        };

    private static Int64Array Integers(IReadOnlyList<object?> values)
    {
        var array = new Int64Array.Builder().Reserve(values.Count);
        foreach (var value in values)
            _ = value is null ? array.AppendNull() : array.Append((long)value);
        return array.Build();
    }

    private static DoubleArray Numbers(IReadOnlyList<object?> values)
    {
        var array = new DoubleArray.Builder().Reserve(values.Count);
        foreach (var value in values)
            _ = value is null ? array.AppendNull() : array.Append((double)value);
        return array.Build();
    }

    private static BooleanArray Flags(IReadOnlyList<object?> values)
    {
        var array = new BooleanArray.Builder().Reserve(values.Count);
        foreach (var value in values)
            _ = value is null ? array.AppendNull() : array.Append((bool)value);
        return array.Build();
    }

    private static StringArray Texts(IReadOnlyList<object?> values)
    {
        var array = new StringArray.Builder().Reserve(values.Count);
        foreach (var value in values)
            _ = value is null ? array.AppendNull() : array.Append((string)value);
        return array.Build();
    }
}
