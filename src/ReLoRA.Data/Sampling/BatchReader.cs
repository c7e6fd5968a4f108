using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Sampling;

/// <summary>Assembles the batch at a cursor. A pure function of (data, seed, batch size, cursor).</summary>
public sealed class BatchReader
{
    private readonly TokenDataset _data;
    private readonly RowOrder _order;
    private readonly int _batchSize;

    /// <summary>Prepares to read.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <exception cref="DataException">The dataset holds fewer rows than a batch (<see cref="DataFault.TooSmall"/>).</exception>
    public BatchReader(TokenDataset data, long seed, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (data.RowCount < batchSize)
            throw new DataException(
                DataFault.TooSmall,
                $"{data.Folder}: {data.RowCount} rows, fewer than the {batchSize} of one batch. Use a smaller batch or more data."
            );
        (_data, _batchSize) = (data, batchSize);
        _order = new RowOrder(seed, data.RowCount);
    }

    /// <summary>The batch at a cursor. Where fewer rows than a batch are left of an epoch, they are dropped and the next epoch begins.</summary>
    /// <param name="cursor">The place to read from.</param>
    /// <exception cref="DataException">
    /// The cursor is not of this dataset (<see cref="DataFault.InvalidValue"/>) or an id is out of range.
    /// </exception>
    public TokenBatch Read(SampleCursor cursor)
    {
        RequireInside(cursor);
        var (epoch, position) = (cursor.Epoch, cursor.Position);
        if (_data.RowCount - position < _batchSize)
            (epoch, position) = (epoch + 1, 0);
        var tokens = new long[_batchSize * _data.RowLength];
        for (var row = 0; row < _batchSize; row++)
        {
            var destination = tokens.AsSpan(row * _data.RowLength, _data.RowLength);
            _data.ReadRow(_order.RowAt(epoch, position + row), destination);
        }
        return new TokenBatch(tokens, _batchSize, _data.RowLength, new SampleCursor(epoch, position + _batchSize));
    }

    /// <exception cref="DataException">It is not of this dataset.</exception>
    internal void RequireInside(SampleCursor cursor)
    {
        if (cursor.Epoch >= 0 && cursor.Position >= 0 && cursor.Position <= _data.RowCount)
            return;
        throw new DataException(
            DataFault.InvalidValue,
            $"The cursor (epoch {cursor.Epoch}, position {cursor.Position}) is not of the dataset {_data.Folder}, which has "
                + $"{_data.RowCount} rows. Resume with the data that the run was started with."
        );
    }
}
