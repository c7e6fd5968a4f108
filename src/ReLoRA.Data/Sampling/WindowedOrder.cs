namespace ReLoRA.Data.Sampling;

/// <summary>
/// Windows of neighbouring rows in permuted order, and the rows of each window permuted, so that a disk is read in one place at a time.
/// A pure function of (seed, epoch, window, algorithm version) that takes no memory.
/// </summary>
public sealed class WindowedOrder : IRowOrder
{
    private readonly long rows;
    private readonly long window;
    private readonly long windows;
    private readonly RowOrder ofWindows;
    private readonly RowOrder inWindow;
    private readonly RowOrder? inLast;
    private readonly Lock gate = new();
    private (long Epoch, long Place) last = (-1, 0);

    /// <summary>Makes the order of some rows.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="window">Rows of a window, at least 1; the last window has what is left.</param>
    /// <param name="purpose">Orders of the same seed differ by this name.</param>
    public WindowedOrder(long seed, long rows, long window, string purpose = RowOrder.Purpose)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        (this.rows, this.window) = (rows, Math.Min(window, rows));
        windows = (rows + this.window - 1) / this.window;
        ofWindows = new RowOrder(seed, windows, $"{purpose}-windows");
        inWindow = new RowOrder(seed, this.window, $"{purpose}-window");
        var rest = rows - (windows - 1) * this.window;
        inLast = rest == this.window ? null : new RowOrder(seed, rest, $"{purpose}-rest");
    }

    /// <inheritdoc/>
    public long RowAt(long epoch, long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, rows);
        var (place, inside) = (position / window, position % window);
        if (inLast is not null)
        {
            // Everything after the short window begins earlier by what it lacks.
            var shortPlace = PlaceOfLast(epoch);
            var rest = rows - (windows - 1) * window;
            if (position >= shortPlace * window + rest)
                (place, inside) = ((position + window - rest) / window, (position + window - rest) % window);
            if (place == shortPlace)
                return (windows - 1) * window + inLast.RowAt(epoch, inside);
        }
        var number = ofWindows.RowAt(epoch, place);
        // Each window has an order of its own: its number takes the epoch's place beside it.
        return number * window + inWindow.RowAt(epoch * windows + number, inside);
    }

    /// <summary>Where the last, shorter window comes in an epoch: looked for once.</summary>
    private long PlaceOfLast(long epoch)
    {
        lock (gate)
        {
            if (last.Epoch == epoch)
                return last.Place;
            var place = 0L;
            while (ofWindows.RowAt(epoch, place) != windows - 1)
                place++;
            last = (epoch, place);
            return place;
        }
    }
}
