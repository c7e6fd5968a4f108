using ParquetSharp;
using ParquetSharp.Schema;

namespace ReLoRA.Data.Tests.Support;

/// <summary>Writes Parquet files of ids by ParquetSharp, in the form of pretokenized-dolma.</summary>
internal sealed record ParquetSource
{
    public Compression Compression { get; init; } = Compression.Snappy;

    public int RowsPerGroup { get; init; } = 4;

    public bool IsLong { get; init; }

    public string Column { get; init; } = "input_ids";

    /// <summary>A row that is null, if any; or one whose second id is.</summary>
    public int NullRow { get; init; } = -1;

    public int RowOfNullId { get; init; } = -1;

    public void Write(string path, IReadOnlyList<long[]> rows)
    {
        using var element = new PrimitiveNode(
            "element",
            Repetition.Optional,
            LogicalType.None(),
            IsLong ? PhysicalType.Int64 : PhysicalType.Int32
        );
        using var list = new GroupNode("list", Repetition.Repeated, [element]);
        using var column = new GroupNode(Column, Repetition.Optional, [list], LogicalType.List());
        using var schema = new GroupNode("schema", Repetition.Required, [column]);
        using var builder = new WriterPropertiesBuilder();
        using var properties = builder.Compression(Compression).Build();
        using var writer = new ParquetFileWriter(path, schema, properties);
        for (var first = 0; first < rows.Count; first += RowsPerGroup)
        {
            using var group = writer.AppendRowGroup();
            using var ids = group.NextColumn();
            var some = Enumerable.Range(first, Math.Min(RowsPerGroup, rows.Count - first)).ToList();
            if (IsLong)
                WriteGroup((ColumnWriter<long>)ids, rows, some, id => id);
            else
                WriteGroup((ColumnWriter<int>)ids, rows, some, id => (int)id);
        }
        writer.Close();
    }

    private void WriteGroup<T>(ColumnWriter<T> writer, IReadOnlyList<long[]> rows, List<int> some, Func<long, T> id)
        where T : unmanaged
    {
        var (ids, definitions, repetitions) = (new List<T>(), new List<short>(), new List<short>());
        foreach (var row in some)
        {
            if (row == NullRow || rows[row].Length == 0)
            {
                definitions.Add(row == NullRow ? (short)0 : (short)1);
                repetitions.Add(0);
                continue;
            }
            for (var at = 0; at < rows[row].Length; at++)
            {
                var isNull = row == RowOfNullId && at == 1;
                definitions.Add(isNull ? (short)2 : (short)3);
                repetitions.Add(at == 0 ? (short)0 : (short)1);
                if (!isNull)
                    ids.Add(id(rows[row][at]));
            }
        }
        writer.WriteBatch(definitions.Count, definitions.ToArray(), repetitions.ToArray(), ids.ToArray());
    }
}
