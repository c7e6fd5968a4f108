using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>One table's file under construction. Rows are collected and written many at a time.</summary>
internal sealed class TableFile : IDisposable
{
    private const int RowsAtOnce = 1 << 16;
    private const long CharactersAtOnce = 1 << 26;

    private readonly TableBatch batch;
    private readonly ITableWriter writer;

    public TableFile(string folder, ExportFormat format, string table, IReadOnlyList<Column> columns)
    {
        Name = NameOf(table, format);
        batch = new TableBatch(columns);
        var path = Path.Combine(folder, Name);
        writer = format switch
        {
            ExportFormat.Csv => new CsvTableWriter(path, columns),
            ExportFormat.Ndjson => new NdjsonTableWriter(path),
            ExportFormat.Feather => new FeatherTableWriter(path, table, columns),
            ExportFormat.Parquet => new ParquetTableWriter(path, table, columns),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        };
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The name of a table's file.</summary>
    public static string NameOf(string table, ExportFormat format) => $"{table}.{format.ToString().ToLowerInvariant()}";

    public void Add(object?[] row)
    {
        batch.Add(row);
        Rows++;
        if (batch.Rows >= RowsAtOnce || batch.Characters >= CharactersAtOnce)
            Write();
    }

    public void Complete()
    {
        if (batch.Rows > 0)
            Write();
        writer.Complete();
    }

    public void Dispose() => writer.Dispose();

    private void Write()
    {
        writer.Write(batch);
        batch.Clear();
    }
}
