using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Benchmarks;

/// <summary>
/// Times the token stream against loops over the same map that do less. All of them are run in turn in every round, since a machine's speed
/// changes from second to second: only the ratios of one round say something.
/// </summary>
public static class StreamBenchmark
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Measures.</summary>
    /// <param name="folder">A dataset.</param>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="rounds">Rounds, at least 1.</param>
    /// <param name="rows">Rows that each thing reads in a round; a dataset of fewer is read again and again.</param>
    /// <param name="clock">For durations.</param>
    /// <exception cref="DataException">The dataset cannot be read or is smaller than a batch.</exception>
    public static StreamFigures Run(string folder, int batchSize, int rounds, long rows, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        using var data = TokenDataset.Open(folder);
        var order = new RowOrder(1, data.RowCount);
        var reader = new BatchReader(new CorpusSource(new Corpus(data, order), carries: true), batchSize);
        var batches = Math.Max(1, rows / batchSize);
        var loops = new MapLoops(data, order, batchSize, batches * batchSize);
        var (copy, walk, bare, stream) = (
            new double[rounds],
            new double[rounds],
            new double[rounds],
            new double[rounds]
        );
        // Pages are read in and code is compiled, and compiled better, before anything counts.
        var begun = clock.GetTimestamp();
        while (clock.GetElapsedTime(begun) < WarmUp)
            Round();
        for (var round = 0; round < rounds; round++)
            (copy[round], walk[round], bare[round], stream[round]) = Round();
        return new StreamFigures(
            rounds,
            loops.Rows,
            loops.Bytes / Median(copy),
            loops.Bytes / Median(walk),
            loops.Tokens / Median(bare),
            loops.Tokens / Median(stream),
            Median([.. copy.Zip(walk, (one, other) => one / other)]),
            Median([.. bare.Zip(stream, (one, other) => one / other)]),
            AllocatedPerRow(reader)
        );

        (double Copy, double Walk, double Bare, double Stream) Round() =>
            (
                Seconds(loops.Copy, clock),
                Seconds(loops.Walk, clock),
                Seconds(loops.Widen, clock),
                Seconds(() => Stream(reader, batches), clock)
            );
    }

    private static void Stream(BatchReader reader, long batches)
    {
        using var stream = new BatchStream(reader, SampleCursor.Start);
        for (var batch = 0L; batch < batches; batch++)
            stream.Next();
    }

    private static double AllocatedPerRow(BatchReader reader)
    {
        const int batches = 20;
        var buffer = new long[reader.TokenCount];
        var cursor = reader.Read(SampleCursor.Start, buffer).Next;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var batch = 0; batch < batches; batch++)
            cursor = reader.Read(cursor, buffer).Next;
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / (batches * reader.Rows);
    }

    private static double Seconds(Action action, TimeProvider clock)
    {
        var begun = clock.GetTimestamp();
        action();
        return clock.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
