using System.Runtime.ExceptionServices;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics;

/// <summary>
/// Runs a script's figure on a thread of its own and gives it up where it takes too long or too much memory. No thread can be ended from outside, and
/// .NET's way to ask it to ends the process where native code called back. What was given up goes on until its process ends, which is why the run is
/// then continued in a new one.
/// </summary>
internal sealed class FigureWatch
{
    /// <summary>Memory that a figure may add to the process at most.</summary>
    public const long MostMemory = 2L << 30;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly TimeSpan limit;
    private readonly long mostMemory;
    private readonly long allowance;

    /// <summary>Sets the limits.</summary>
    /// <param name="limit">The time that a figure may take.</param>
    /// <param name="mostMemory">See <see cref="MostMemory"/>.</param>
    /// <param name="allowance">Bytes that the lab itself may take beside that, for what the figure asks for. Default: none.</param>
    public FigureWatch(TimeSpan limit, long mostMemory = MostMemory, long allowance = 0) =>
        (this.limit, this.mostMemory, this.allowance) = (limit, mostMemory, allowance);

    /// <summary>The figures.</summary>
    /// <exception cref="FigureAbandonedException">They took too long or too much.</exception>
    public T Run<T>(Func<T> figures)
    {
        var (result, fault) = (default(T), (Exception?)null);
        var threads = get_num_threads();
        var thread = new Thread(() =>
        {
            try
            {
                // The order of sums, and so the figures' last digits, depend on the number of threads.
                set_num_threads(threads);
                result = figures();
            }
            catch (OutOfMemoryException)
            {
                fault = new FigureAbandonedException("there was no more memory for it", isUrgent: true);
            }
#pragma warning disable CA1031 // Told on the thread that waits.
            catch (Exception e)
#pragma warning restore CA1031
            {
                fault = e;
            }
        })
        {
            IsBackground = true,
            Name = "script figure",
        };
        Wait(thread);
        if (fault is not null)
            ExceptionDispatchInfo.Throw(fault);
        return result!;
    }

    private void Wait(Thread thread)
    {
        var before = Memory();
        thread.Start();
        var begun = TimeProvider.System.GetTimestamp();
        while (!thread.Join(Glance))
        {
            var taken = TimeProvider.System.GetElapsedTime(begun);
            if (taken > limit)
                throw new FigureAbandonedException(
                    FormattableString.Invariant($"it had no result after {limit.TotalSeconds:0} s, its limit")
                );
            if (Memory() - before > mostMemory + allowance)
                throw new FigureAbandonedException(
                    FormattableString.Invariant(
                        $"it took more than {mostMemory / (1L << 20)} MiB of memory, its limit"
                    ),
                    isUrgent: true
                );
        }
    }

    /// <summary>What was allocated and never written to is not resident.</summary>
    private static long Memory() => Math.Max(ProcessMemory.Resident(), GC.GetTotalMemory(forceFullCollection: false));
}
