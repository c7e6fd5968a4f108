using Apache.Arrow;
using Apache.Arrow.Ipc;
using Column = ReLoRA.Results.Tables.Column;

namespace ReLoRA.Export;

/// <summary>An Arrow IPC file, uncompressed: not every reader knows the compressions.</summary>
internal sealed class FeatherTableWriter : ITableWriter
{
    private readonly Schema schema;
    private readonly FileStream file;
    private readonly ArrowFileWriter arrow;

    public FeatherTableWriter(string path, string table, IReadOnlyList<Column> columns)
    {
        schema = ArrowTable.Schema(table, columns);
        file = new FileStream(path, FileMode.Create, FileAccess.Write);
        arrow = new ArrowFileWriter(file, schema, leaveOpen: true);
        arrow.WriteStart();
    }

    public void Write(TableBatch batch)
    {
        using var rows = ArrowTable.Batch(schema, batch);
        arrow.WriteRecordBatch(rows);
    }

    public void Complete()
    {
        arrow.WriteEnd();
        file.Flush();
    }

    public void Dispose()
    {
        arrow.Dispose();
        file.Dispose();
    }
}
