namespace ReLoRA.Data.Sampling;

/// <summary>
/// Assembles one worker's part of the batch at a cursor. A pure function of (data, order, batch size, cursor): the workers' parts
/// together are the same global batch however many they are.
/// </summary>
public sealed class BatchReader
{
    private readonly ISampleSource source;
    private readonly int batchSize;
    private readonly WorkerShare share;

    /// <summary>Prepares to read.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="batchSize">Rows of a global batch.</param>
    /// <param name="share">The part of each batch that is read here. Default: all of it.</param>
    /// <exception cref="ArgumentException">The batch cannot be divided among the workers.</exception>
    /// <exception cref="DataException">The data holds fewer rows than a batch (<see cref="DataFault.TooSmall"/>).</exception>
    public BatchReader(ISampleSource source, int batchSize, WorkerShare? share = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        this.share = share ?? WorkerShare.All;
        if (batchSize % this.share.Workers != 0)
            throw new ArgumentException(
                $"A batch of {batchSize} rows cannot be divided among {this.share.Workers} workers.",
                nameof(batchSize)
            );
        source.RequireBatchesOf(batchSize);
        (this.source, this.batchSize) = (source, batchSize);
    }

    /// <summary>Rows that one call reads.</summary>
    public int Rows => batchSize / share.Workers;

    /// <summary>Ids that one call reads.</summary>
    public int TokenCount => Rows * source.RowLength;

    /// <summary>The batch at a cursor.</summary>
    /// <param name="cursor">The place to read from.</param>
    /// <exception cref="DataException">
    /// The cursor is not of this dataset (<see cref="DataFault.InvalidValue"/>) or an id is out of range.
    /// </exception>
    public TokenBatch Read(SampleCursor cursor) => Read(cursor, new long[TokenCount]);

    /// <summary>The same into a buffer of <see cref="TokenCount"/> ids, which the batch then holds.</summary>
    /// <param name="cursor">The place to read from.</param>
    /// <param name="tokens">The buffer.</param>
    public TokenBatch Read(SampleCursor cursor, long[] tokens)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tokens.Length, TokenCount);
        var begin = source.Begin(cursor, batchSize);
        for (var row = 0; row < Rows; row++)
        {
            var destination = tokens.AsSpan(row * source.RowLength, source.RowLength);
            source.Read(begin, row * share.Workers + share.Rank, destination);
        }
        return new TokenBatch(tokens, Rows, source.RowLength, source.After(begin, batchSize));
    }

    /// <summary>Whether the batch at a cursor can be read now; if not, it has been asked for.</summary>
    /// <exception cref="DataException">It cannot, and nothing brings it.</exception>
    internal bool IsHere(SampleCursor cursor) => source.IsHere(source.Begin(cursor, batchSize), batchSize);

    /// <exception cref="DataException">It is not of this data.</exception>
    internal void RequireInside(SampleCursor cursor) => source.Begin(cursor, batchSize);
}
