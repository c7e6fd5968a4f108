using ReLoRA.Core.Dynamics;

namespace ReLoRA.Core.Tests.Dynamics;

public sealed class FigureWatchTests
{
    private static readonly FigureWatch Short = new(TimeSpan.FromMilliseconds(200));

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
    public void A_loop_without_end_is_given_up_and_ends()
    {
        var turns = 0L;
        var fault = Assert.Throws<FigureAbandonedException>(() =>
            new FigureWatch(TimeSpan.FromSeconds(1)).Run(() =>
            {
                while (true)
                    turns++;
#pragma warning disable CS0162 // For the type of the lambda.
                return 1;
#pragma warning restore CS0162
            })
        );
        Assert.Equal("it had no result after 1 s, its limit", fault.Message);
        var reached = Interlocked.Read(ref turns);
        Thread.Sleep(50);
        Assert.Equal(reached, Interlocked.Read(ref turns));
    }

    [Fact]
    public void What_waits_for_ever_is_given_up_even_if_it_does_not_end()
    {
        using var never = new SemaphoreSlim(0);
        Assert.Throws<FigureAbandonedException>(() =>
            Short.Run(() =>
            {
                try
                {
                    never.Wait();
                }
                finally
                {
                    Thread.Sleep(TimeSpan.FromSeconds(3));
                }
                return 1;
            })
        );
    }

    [Fact]
    public void Memory_without_end_is_given_up()
    {
        var fault = Assert.Throws<FigureAbandonedException>(() =>
            new FigureWatch(TimeSpan.FromSeconds(60), mostMemory: 64L << 20).Run(() =>
            {
                var all = new List<long[]>();
                while (all.Count < int.MaxValue)
                {
                    all.Add(new long[1 << 17]);
                    Thread.Sleep(1);
                }
                return all.Count;
            })
        );
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
