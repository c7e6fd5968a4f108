using FsCheck;
using FsCheck.Fluent;
using ReLoRA.Data.Sampling;

namespace ReLoRA.Data.Tests.Sampling;

public sealed class WindowedOrderTests
{
    [Fact]
    public void Every_epoch_visits_every_row_once_window_by_window()
    {
        var cases = Gen.Choose(1, 700).SelectMany(rows => Gen.Choose(1, 800).Select(window => (rows, window)));
        Prop.ForAll(
                cases.ToArbitrary(),
                Gen.Choose(0, 4).ToArbitrary(),
                (given, epoch) =>
                {
                    var visited = Visited(new WindowedOrder(3, given.rows, given.window), epoch, given.rows);
                    return visited.Order().SequenceEqual(Enumerable.Range(0, given.rows).Select(row => (long)row))
                        && Changes(visited, given.window) == (given.rows + given.window - 1) / given.window;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Windows_and_their_rows_come_in_another_order_in_each_epoch()
    {
        var order = new WindowedOrder(1, 1000, 100);
        var (first, second) = (Visited(order, 0, 1000), Visited(order, 1, 1000));
        Assert.NotEqual(first.Select(row => row / 100), second.Select(row => row / 100));
        // Within one epoch, two windows are not permuted alike.
        var windows = first.Chunk(100).Select(window => string.Join(' ', window.Select(row => row % 100))).ToList();
        Assert.Equal(10, windows.Distinct().Count());
    }

    // Recorded: whoever changes the order must raise RowOrder.AlgorithmVersion.
    [Fact]
    public void The_order_of_version_1_stays() =>
        Assert.Equal("3 2 1 0 6 5 7 4 8 9", string.Join(' ', Visited(new WindowedOrder(42, 10, 4), 0, 10)));

    [Fact]
    public void A_place_is_found_whatever_was_asked_before()
    {
        var order = new WindowedOrder(7, 1003, 64);
        var first = order.RowAt(3, 500);
        order.RowAt(0, 1);
        Assert.Equal(first, order.RowAt(3, 500));
        Assert.Equal(first, new WindowedOrder(7, 1003, 64).RowAt(3, 500));
    }

    private static int Changes(List<long> visited, long window) =>
        1 + visited.Zip(visited.Skip(1)).Count(pair => pair.First / window != pair.Second / window);

    private static List<long> Visited(WindowedOrder order, long epoch, int rows) =>
        [.. Enumerable.Range(0, rows).Select(position => order.RowAt(epoch, position))];
}
