using ParquetSharp;

namespace ReLoRA.Data.Converting;

/// <summary>A column of one row group, open.</summary>
/// <param name="Group">The row group.</param>
/// <param name="Reader">Reads the column.</param>
/// <param name="Rows">Rows of the group, by its own word.</param>
internal sealed record OpenedColumn<T>(RowGroupReader Group, ColumnReader<T> Reader, long Rows) : IDisposable
    where T : unmanaged
{
    public void Dispose()
    {
        Reader.Dispose();
        Group.Dispose();
    }
}
