using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Sampling;

/// <summary>A dataset and the order in which its rows are taken.</summary>
/// <param name="Data">The dataset; it must outlive what reads from it.</param>
/// <param name="Order">The order of its rows.</param>
public sealed record Corpus(TokenDataset Data, IRowOrder Order)
{
    /// <summary>Reads the row at a place of the order.</summary>
    /// <param name="epoch">The pass, from 0.</param>
    /// <param name="position">The position in it.</param>
    /// <param name="destination">Room for exactly one row.</param>
    /// <exception cref="DataException">An id is out of range.</exception>
    public void Read(long epoch, long position, Span<long> destination) =>
        Data.ReadRow(Order.RowAt(epoch, position), destination);
}
