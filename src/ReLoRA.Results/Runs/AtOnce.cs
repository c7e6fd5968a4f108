namespace ReLoRA.Results.Runs;

/// <summary>
/// Does the same with each of many items, several at once on threads of its own: where files lie on another machine each takes a while to answer,
/// and waiting for one is no reason not to ask for the next.
/// </summary>
public static class AtOnce
{
    private const int Threads = 8;

    /// <summary>So few are done before a thread has started.</summary>
    private const int Few = 64;

    /// <summary>What becomes of each item, in their order. Where one throws, so does this, as the first of them that does.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <typeparam name="TResult">What becomes of them.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="select">What is done with one; on any thread, and after another one threw perhaps once more.</param>
    public static IReadOnlyList<TResult> Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> select)
    {
        if (items.Count <= Few)
            return [.. items.Select(select)];
        var (results, next, failed) = (new TResult[items.Count], -1, false);
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return failed ? [.. items.Select(select)] : results;

        void Work()
        {
            while (!Volatile.Read(ref failed) && Interlocked.Increment(ref next) is var index && index < items.Count)
                try
                {
                    results[index] = select(items[index]);
                }
                // Told below, where they are done one after another.
#pragma warning disable CA1031
                catch (Exception)
#pragma warning restore CA1031
                {
                    Volatile.Write(ref failed, true);
                }
        }
    }
}
