using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Benchmarks;

/// <summary>The least that can be done with the rows of a map: copy them, look at them, widen them.</summary>
internal sealed class MapLoops(TokenDataset data, RowOrder order, long rows)
{
    private readonly byte[] copied = new byte[data.StoredRowBytes];
    private readonly long[] widened = new long[data.RowLength];

    /// <summary>Rows that each loop reads.</summary>
    public long Rows => rows;

    /// <summary>Ids that each loop reads.</summary>
    public double Tokens => (double)rows * data.RowLength;

    /// <summary>Bytes that each loop reads.</summary>
    public double Bytes => (double)rows * data.StoredRowBytes;

    /// <summary>What <see cref="Walk"/> added up, so that no compiler leaves it out.</summary>
    public long Sum { get; private set; }

    public void Copy()
    {
        for (var row = 0L; row < rows; row++)
            data.CopyRow(row % data.RowCount, copied);
    }

    public void Walk()
    {
        for (var row = 0L; row < rows; row++)
            Sum += data.SumRow(row % data.RowCount);
    }

    public void Widen()
    {
        for (var row = 0L; row < rows; row++)
            data.WidenRow(order.RowAt(row / data.RowCount, row % data.RowCount), widened);
    }
}
