using System.Runtime.ExceptionServices;

namespace ReLoRA.Data.Converting;

/// <summary>Threads that take numbered pieces of work in their order.</summary>
internal static class FileWorkers
{
    /// <summary>
    /// Does all the work. After a fault nothing new is begun, what was begun is waited for, and the fault of the lowest number is thrown.
    /// </summary>
    public static void Run(int count, int threads, Action<int, CancellationToken> work, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var next = -1;
        var faults = new SortedDictionary<int, ExceptionDispatchInfo>();
        var workers = Enumerable.Range(0, Math.Min(threads, count)).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        cancellation.ThrowIfCancellationRequested();
        if (faults.Count > 0)
            faults.First().Value.Throw();

        void Work()
        {
            while (!stop.IsCancellationRequested && Interlocked.Increment(ref next) is var number && number < count)
            {
                try
                {
                    work(number, stop.Token);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return;
                }
#pragma warning disable CA1031 // Not swallowed: thrown by Run in the caller's thread. Here it would end the process.
                catch (Exception fault)
#pragma warning restore CA1031
                {
                    lock (faults)
                        faults[number] = ExceptionDispatchInfo.Capture(fault);
                    stop.Cancel();
                }
            }
        }
    }
}
