using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Streaming;

/// <summary>The loop of a stream: looks what readers need, makes room, begins what is missing, takes in what has come.</summary>
internal sealed class ShardBringer(
    StreamOptions options,
    DatasetManifest manifest,
    IStreamSource source,
    Action<StreamProgress> progress
)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly StreamFolder folder = new(options.Output);
    private readonly ShardStock stock = new(options.Output, manifest, source);
    private long received;

    private int Count => manifest.Shards.Count;

    /// <summary>Works until every shard is here.</summary>
    /// <exception cref="DataException">A shard cannot be brought. What others were doing has ended.</exception>
    public async Task WorkAsync(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            while (stock.Here.Count < Count)
            {
                stop.ThrowIfCancellationRequested();
                var readers = ReaderMarks.Read(folder);
                Begin(readers, ending.Token);
                Report(readers);
                await Task.WhenAny([.. stock.Coming, Task.Delay(LookEvery, stop)]).ConfigureAwait(false);
                stock.TakeIn();
            }
            Report([]);
        }
        finally
        {
            // None may write to the folder after this has returned; what fails in them now is not what ended the stream.
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(stock.Coming).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Begin(IReadOnlyList<int> readers, CancellationToken stop)
    {
        // Without readers it begins at the start, but nothing goes: a run that was interrupted finds what it had.
        var needs = readers.Count > 0 ? readers : [0];
        var wanted = StreamSchedule.Wanted(Count, needs, stock.Cost, options.Budget);
        foreach (var index in wanted.Where(index => !stock.Has(index)))
        {
            if (stock.Coming.Count == options.Source.Threads || !MakeRoom(index, wanted, readers))
                return;
            stock.Begin(index, Task.Run(() => source.BringAsync(manifest, index, Tell, stop), stop));
        }

        void Tell(long bytes) => Interlocked.Add(ref received, bytes);
    }

    private bool MakeRoom(int index, IReadOnlyList<int> wanted, IReadOnlyList<int> readers)
    {
        var spare = stock.Here.Keys.Except(wanted).ToList();
        while (stock.Bytes + stock.Cost(index) > options.Budget)
        {
            if (spare.Count == 0 || readers.Count == 0)
                return false;
            var last = spare.MaxBy(shard => StreamSchedule.Ahead(Count, readers, shard));
            stock.Evict(last);
            spare.Remove(last);
        }
        return true;
    }

    private void Report(IReadOnlyList<int> readers) =>
        progress(
            new StreamProgress(
                Count,
                Count,
                stock.Here.Count,
                stock.Coming.Count,
                stock.Here.Values.Sum(),
                Interlocked.Read(ref received),
                readers
            )
        );
}
