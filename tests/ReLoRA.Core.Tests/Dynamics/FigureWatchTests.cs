using ReLoRA.Core.Dynamics;

namespace ReLoRA.Core.Tests.Dynamics;

public sealed class FigureWatchTests
{
    [Fact]
    public void A_figure_is_computed_on_a_thread_of_its_own()
    {
        var thread = new FigureWatch(TimeSpan.FromSeconds(60)).Run(() => Environment.CurrentManagedThreadId);
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void What_it_throws_keeps_its_stack()
    {
        var fault = Assert.Throws<InvalidOperationException>(() =>
            new FigureWatch(TimeSpan.FromSeconds(60)).Run(Broken)
        );
        Assert.Equal("broken", fault.Message);
        Assert.Contains(nameof(Broken), fault.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void What_takes_too_long_is_given_up()
    {
        using var end = new SemaphoreSlim(0);
        var fault = Assert.Throws<FigureAbandonedException>(() =>
            new FigureWatch(TimeSpan.FromSeconds(1)).Run(() => end.Wait(TimeSpan.FromSeconds(60)))
        );
        end.Release();
        Assert.Equal("it had no result after 1 s, its limit", fault.Message);
        Assert.False(fault.IsUrgent);
    }

    [Fact]
    public void Memory_without_end_is_given_up()
    {
        var all = new List<long[]>();
        using var end = new CancellationTokenSource();
        var fault = Assert.Throws<FigureAbandonedException>(() =>
            new FigureWatch(TimeSpan.FromSeconds(60), mostMemory: 64L << 20).Run(() =>
            {
                for (; !end.IsCancellationRequested; Thread.Sleep(1))
                    all.Add(new long[1 << 17]);
                return all.Count;
            })
        );
        end.Cancel();
        Assert.True(fault.IsUrgent);
        Assert.Equal("it took more than 64 MiB of memory, its limit", fault.Message);
    }

    [Fact]
    public void A_figure_that_found_no_memory_is_given_up() =>
        Assert.Equal(
            "there was no more memory for it",
            Assert
                .Throws<FigureAbandonedException>(() =>
                    new FigureWatch(TimeSpan.FromSeconds(60)).Run<int>(() => throw new InsufficientMemoryException())
                )
                .Message
        );

    private static int Broken() => throw new InvalidOperationException("broken");
}
