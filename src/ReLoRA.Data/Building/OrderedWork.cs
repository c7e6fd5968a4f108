using System.Collections.Concurrent;

namespace ReLoRA.Data.Building;

/// <summary>Work of several threads whose results come in the order of what was worked on, with a bounded number under way.</summary>
internal static class OrderedWork
{
    /// <summary>Works on items. They are read by a thread of their own; faults come where their result would have come.</summary>
    public static IEnumerable<TResult> Run<TItem, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, TResult> work,
        int threads,
        CancellationToken cancellation
    )
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var queue = new BlockingCollection<Task<TResult>>(2 * threads);
        var reader = Task.Factory.StartNew(
            Read,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            foreach (var task in queue.GetConsumingEnumerable(stop.Token))
                yield return task.GetAwaiter().GetResult();
            // A reader that was stopped ends the queue just as one that has read everything.
            cancellation.ThrowIfCancellationRequested();
            reader.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            // Waited for, not asked: its fault has been thrown above, or another one is on its way.
            Task.WaitAny([reader], CancellationToken.None);
        }

        void Read()
        {
            try
            {
                foreach (var item in items)
                {
                    var task = Task.Factory.StartNew(() => work(item), stop.Token, TaskCreationOptions.None, scheduler);
                    queue.Add(task, stop.Token);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The consumer has stopped; nobody waits for more.
            }
            finally
            {
                queue.CompleteAdding();
            }
        }
    }
}
