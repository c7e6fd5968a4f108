namespace ReLoRA.Data.Sampling;

/// <summary>One corpus, pass after pass.</summary>
public sealed class CorpusSource : ISampleSource
{
    private readonly Corpus corpus;
    private readonly bool carries;
    private readonly long rows;

    /// <summary>Prepares to read.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="carries">
    /// Whether a batch at the end of a pass takes its last rows from the next one; if not, the rows that are too few for a batch are
    /// left out of this pass.
    /// </param>
    public CorpusSource(Corpus corpus, bool carries = false) =>
        (this.corpus, this.carries, rows) = (corpus, carries, corpus.Data.RowCount);

    /// <inheritdoc/>
    public int RowLength => corpus.Data.RowLength;

    /// <inheritdoc/>
    public SampleCursor Begin(SampleCursor cursor, int rows)
    {
        if (cursor.Epoch < 0 || cursor.Position < 0 || cursor.Position > this.rows)
            throw new DataException(
                DataFault.InvalidValue,
                $"The cursor (epoch {cursor.Epoch}, position {cursor.Position}) is not of the dataset {corpus.Data.Folder}, which has "
                    + $"{this.rows} rows. Resume with the data that the run was started with."
            );
        var left = this.rows - cursor.Position;
        return left == 0 || (!carries && left < rows) ? new SampleCursor(cursor.Epoch + 1, 0) : cursor;
    }

    /// <inheritdoc/>
    public SampleCursor After(SampleCursor begin, int rows)
    {
        var position = begin.Position + rows;
        return carries
            ? new SampleCursor(begin.Epoch + position / this.rows, position % this.rows)
            : new SampleCursor(begin.Epoch, position);
    }

    /// <inheritdoc/>
    public void Read(SampleCursor begin, int offset, Span<long> destination)
    {
        var position = begin.Position + offset;
        corpus.Read(begin.Epoch + position / rows, position % rows, destination);
    }

    /// <inheritdoc/>
    public bool IsHere(SampleCursor begin, int rows) => corpus.Data.AreHere(begin.Position % this.rows, rows);

    /// <inheritdoc/>
    public void RequireBatchesOf(int rows)
    {
        if (carries || this.rows >= rows)
            return;
        throw new DataException(
            DataFault.TooSmall,
            $"{corpus.Data.Folder}: {this.rows} rows, fewer than the {rows} of one batch. Use a smaller batch or more data."
        );
    }
}
