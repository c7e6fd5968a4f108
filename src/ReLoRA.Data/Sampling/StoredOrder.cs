namespace ReLoRA.Data.Sampling;

/// <summary>The rows as they lie on disk, the same in each pass: the order of data that was published shuffled.</summary>
public sealed class StoredOrder : IRowOrder
{
    /// <inheritdoc/>
    public long RowAt(long epoch, long position) => position;
}
