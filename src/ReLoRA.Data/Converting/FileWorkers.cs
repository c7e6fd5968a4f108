using System.Runtime.ExceptionServices;

namespace ReLoRA.Data.Converting;

/// <summary>Threads that take numbered pieces of work in their order.</summary>
internal sealed class FileWorkers : IDisposable
{
    private readonly int _count;
    private readonly Func<int, CancellationToken, Action> _work;
    private readonly CancellationTokenSource _stop;
    private readonly SortedDictionary<int, ExceptionDispatchInfo> _faults = [];
    private int _next = -1;

    private FileWorkers(int count, Func<int, CancellationToken, Action> work, CancellationToken cancellation)
    {
        (_count, _work) = (count, work);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>
    /// Does all the work. After a fault nothing new is begun, what was begun is waited for, and the fault of the lowest number is thrown.
    /// </summary>
    /// <param name="count">Pieces of work.</param>
    /// <param name="threads">Pieces at once.</param>
    /// <param name="work">
    /// Does a piece, and returns what is left to do of it, which mostly waits for the disk: its thread goes on with the next piece meanwhile.
    /// </param>
    /// <param name="cancellation">Stops it.</param>
    public static void Run(
        int count,
        int threads,
        Func<int, CancellationToken, Action> work,
        CancellationToken cancellation
    )
    {
        using var workers = new FileWorkers(count, work, cancellation);
        var started = Enumerable.Range(0, Math.Min(threads, count)).Select(_ => new Thread(workers.Work)).ToList();
        started.ForEach(thread => thread.Start());
        started.ForEach(thread => thread.Join());
        cancellation.ThrowIfCancellationRequested();
        if (workers._faults.Count > 0)
            workers._faults.First().Value.Throw();
    }

    public void Dispose() => _stop.Dispose();

    private void Work()
    {
        var rest = Task.CompletedTask;
        while (!_stop.IsCancellationRequested && Interlocked.Increment(ref _next) is var number && number < _count)
        {
            Action? finish = null;
            Guard(number, () => finish = _work(number, _stop.Token));
            // One at a time: files that wait for the disk must not pile up.
            rest.Wait();
            if (finish is not null)
                rest = Task.Run(() => Guard(number, finish));
        }
        rest.Wait();
    }

    private void Guard(int number, Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Run tells the caller, whose wish it was, or throws the fault that stopped the others.
        }
#pragma warning disable CA1031 // Not swallowed: thrown by Run in the caller's thread. Here it would end the process.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            lock (_faults)
                _faults[number] = ExceptionDispatchInfo.Capture(fault);
            _stop.Cancel();
        }
    }
}
