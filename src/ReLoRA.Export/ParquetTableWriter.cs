using Apache.Arrow;
using ParquetSharp;
using ParquetSharp.Arrow;
using Column = ReLoRA.Results.Tables.Column;

namespace ReLoRA.Export;

/// <summary>A Parquet file, a row group a batch. The Arrow schema is stored in it, so that units and meanings are there too.</summary>
internal sealed class ParquetTableWriter : ITableWriter
{
    private readonly Schema schema;
    private readonly WriterProperties properties;
    private readonly ArrowWriterProperties arrowProperties;
    private readonly FileWriter file;

    public ParquetTableWriter(string path, string table, IReadOnlyList<Column> columns)
    {
        schema = ArrowTable.Schema(table, columns);
        using var builder = new WriterPropertiesBuilder();
        properties = builder.Compression(Compression.Snappy).Build();
        using var arrowBuilder = new ArrowWriterPropertiesBuilder();
        arrowProperties = arrowBuilder.StoreSchema().Build();
        file = new FileWriter(path, schema, properties, arrowProperties);
    }

    public void Write(TableBatch batch)
    {
        using var rows = ArrowTable.Batch(schema, batch);
        file.WriteRecordBatch(rows);
    }

    public void Complete() => file.Close();

    public void Dispose()
    {
        file.Dispose();
        arrowProperties.Dispose();
        properties.Dispose();
    }
}
