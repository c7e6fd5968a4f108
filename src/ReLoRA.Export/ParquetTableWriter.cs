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
        file = Guard(() => new FileWriter(path, schema, properties, arrowProperties));
    }

    public void Write(TableBatch batch)
    {
        using var rows = ArrowTable.Batch(schema, batch);
        Guard(() =>
        {
            file.WriteRecordBatch(rows);
            return file;
        });
    }

    public void Complete() =>
        Guard(() =>
        {
            file.Close();
            return file;
        });

    public void Dispose()
    {
        file.Dispose();
        arrowProperties.Dispose();
        properties.Dispose();
    }

    /// <summary>A full disk is the same fault in every format.</summary>
    private static FileWriter Guard(Func<FileWriter> write)
    {
        try
        {
            return write();
        }
        catch (ParquetException fault)
        {
            throw new IOException(fault.Message, fault);
        }
    }
}
