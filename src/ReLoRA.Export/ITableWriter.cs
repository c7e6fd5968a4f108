namespace ReLoRA.Export;

/// <summary>Writes one table to one file, some rows at a time.</summary>
internal interface ITableWriter : IDisposable
{
    /// <summary>Appends rows.</summary>
    void Write(TableBatch batch);

    /// <summary>Writes what stands at the file's end. Without it the file is no whole one.</summary>
    void Complete();
}
