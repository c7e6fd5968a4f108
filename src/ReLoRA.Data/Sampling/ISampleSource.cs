namespace ReLoRA.Data.Sampling;

/// <summary>An endless sequence of rows in which any place is found in constant time.</summary>
public interface ISampleSource
{
    /// <summary>Tokens of a row.</summary>
    int RowLength { get; }

    /// <summary>Where the batch at a cursor truly begins: the rest of an epoch may be too short for it.</summary>
    /// <param name="cursor">The place to read from.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <exception cref="DataException">The cursor is not of this data (<see cref="DataFault.InvalidValue"/>).</exception>
    SampleCursor Begin(SampleCursor cursor, int rows);

    /// <summary>The cursor after a batch.</summary>
    /// <param name="begin">What <see cref="Begin"/> returned.</param>
    /// <param name="rows">Rows of the batch.</param>
    SampleCursor After(SampleCursor begin, int rows);

    /// <summary>Reads one row of a batch.</summary>
    /// <param name="begin">What <see cref="Begin"/> returned.</param>
    /// <param name="offset">The row's number in the batch.</param>
    /// <param name="destination">Room for exactly one row.</param>
    /// <exception cref="DataException">An id is out of range.</exception>
    void Read(SampleCursor begin, int offset, Span<long> destination);

    /// <summary>Whether all rows of a batch are at hand. Asked of one batch after another, it is what makes a streamed corpus come.</summary>
    /// <param name="begin">What <see cref="Begin"/> returned.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <exception cref="DataException">They are not, and nothing brings them (<see cref="DataFault.Missing"/>).</exception>
    bool IsHere(SampleCursor begin, int rows);

    /// <summary>Fails where batches of a size cannot be made.</summary>
    /// <param name="rows">Rows of a batch.</param>
    /// <exception cref="DataException">There are fewer rows than a batch needs (<see cref="DataFault.TooSmall"/>).</exception>
    void RequireBatchesOf(int rows);
}
