using ReLoRA.Data.Building;

namespace ReLoRA.Data.Tests.Building;

public sealed class OrderedWorkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Results_come_in_the_order_of_the_items(int threads)
    {
        var results = OrderedWork.Run(Enumerable.Range(0, 500), Slowly, threads, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 500), results);

        static int Slowly(int item)
        {
            Thread.SpinWait(item % 7 * 1000);
            return item;
        }
    }

    [Fact]
    public void Few_items_are_read_ahead()
    {
        var read = 0;
        var results = OrderedWork.Run(Counted(), item => item, threads: 2, CancellationToken.None);
        foreach (var result in results)
        {
            Assert.True(read <= result + 10, $"{read} read at {result}");
            if (result == 200)
                break;
        }

        IEnumerable<int> Counted()
        {
            while (true)
                yield return read++;
        }
    }

    [Fact]
    public void A_fault_comes_where_its_result_would_have_come()
    {
        var seen = new List<int>();
        var results = OrderedWork.Run(Enumerable.Range(0, 50), Fail, threads: 4, CancellationToken.None);
        Assert.Throws<FormatException>(() =>
        {
            foreach (var result in results)
                seen.Add(result);
        });
        Assert.Equal(Enumerable.Range(0, 30), seen.TakeLast(30));

        static int Fail(int item) => item == 30 ? throw new FormatException() : item;
    }

    [Fact]
    public void Work_that_is_stopped_never_looks_complete()
    {
        for (var at = 0; at < 20; at++)
        {
            using var stop = new CancellationTokenSource();
            if (at == 0)
                stop.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() =>
            {
                foreach (var result in OrderedWork.Run(Enumerable.Range(0, 20), item => item, 2, stop.Token))
                {
                    if (result == at - 1)
                        stop.Cancel();
                }
            });
        }
    }
}
