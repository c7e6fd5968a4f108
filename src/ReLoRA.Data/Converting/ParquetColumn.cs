using ParquetSharp;
using ReLoRA.Data.ArrowFiles;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Converting;

/// <summary>The column of ids in a Parquet schema.</summary>
/// <param name="Leaf">The number of its leaf.</param>
/// <param name="IdType">How its ids are stored.</param>
/// <param name="Present">The definition level of an id that is there.</param>
internal sealed record ParquetColumn(int Leaf, string IdType, short Present)
{
    private const string Allowed = "supported: a list of int32 or int64. Choose another column (--column) or cast it.";

    /// <exception cref="DataException">There is no such column, or it is no list of integers (<see cref="DataFault.Unsupported"/>).</exception>
    public static ParquetColumn Find(SchemaDescriptor schema, string column, ArrowFaults faults)
    {
        var leaves = Enumerable.Range(0, schema.NumColumns).Where(leaf => RootOf(schema, leaf) == column).ToList();
        if (leaves.Count == 0)
            throw faults.NoSuchColumn(
                column,
                Enumerable.Range(0, schema.NumColumns).Select(leaf => RootOf(schema, leaf)).Distinct()
            );
        if (leaves.Count > 1)
            throw faults.Unsupported($"the column \"{column}\" has {leaves.Count} columns in it", Allowed);
        var found = schema.Column(leaves[0]);
        if (found.MaxRepetitionLevel != 1)
            throw faults.Unsupported($"the column \"{column}\" is nested {found.MaxRepetitionLevel} deep", Allowed);
        return new ParquetColumn(leaves[0], TypeOf(found, column, faults), found.MaxDefinitionLevel);
    }

    private static string RootOf(SchemaDescriptor schema, int leaf)
    {
        using var path = schema.Column(leaf).Path;
        return path.ToDotVector()[0];
    }

    private static string TypeOf(ColumnDescriptor column, string name, ArrowFaults faults)
    {
        using var logical = column.LogicalType;
        // Numbers that stand for dates, times or decimals are no ids.
        var isInteger = logical.Type is LogicalTypeEnum.None or LogicalTypeEnum.Int;
        return column.PhysicalType switch
        {
            PhysicalType.Int32 when isInteger => TokenType.Wide,
            PhysicalType.Int64 when isInteger => TokenType.Long,
            var other => throw faults.Unsupported($"the column \"{name}\" is of {other} ({logical.Type})", Allowed),
        };
    }
}
