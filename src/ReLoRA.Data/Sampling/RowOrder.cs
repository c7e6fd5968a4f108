using System.Numerics;

namespace ReLoRA.Data.Sampling;

/// <summary>
/// The order of rows in each epoch: a permutation that is a pure function of (seed, epoch, algorithm version). A Feistel network
/// over the row numbers, so it takes no memory and any place is found at once. Safe for use by several threads.
/// </summary>
public sealed class RowOrder : IRowOrder
{
    /// <summary>Changes whenever the order of any epoch changes.</summary>
    public const int AlgorithmVersion = 1;

    /// <summary>The name of the order that a corpus has when it is alone.</summary>
    public const string Purpose = "row-order";

    private readonly long _seed;
    private readonly string _purpose;
    private readonly long _rows;
    private readonly int _halfBits;
    private volatile EpochKeys _keys;

    /// <summary>Makes the order of some rows.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="purpose">Orders of the same seed differ by this name.</param>
    public RowOrder(long seed, long rows, string purpose = Purpose)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        (_seed, _rows, _purpose) = (seed, rows, purpose);
        var bits = 64 - BitOperations.LeadingZeroCount((ulong)(rows - 1));
        _halfBits = Math.Max(1, (bits + 1) / 2);
        _keys = new EpochKeys(seed, purpose, 0);
    }

    /// <inheritdoc/>
    public long RowAt(long epoch, long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, _rows);
        var keys = _keys;
        if (keys.Epoch != epoch)
            _keys = keys = new EpochKeys(_seed, _purpose, epoch);
        var value = (ulong)position;
        // The network permutes up to four times as many numbers as there are rows: walk its cycle until a row comes up.
        do
        {
            value = keys.Permute(value, _halfBits);
        } while (value >= (ulong)_rows);
        return (long)value;
    }
}
