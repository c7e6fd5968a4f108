using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Sampling;

public sealed class BatchReaderTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Workers_together_read_what_one_alone_reads(int workers)
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [30, 17]));
        var source = new CorpusSource(new Corpus(data, new RowOrder(5, 47)));
        var alone = new BatchReader(source, 8);
        var together = Enumerable
            .Range(0, workers)
            .Select(rank => new BatchReader(source, 8, new WorkerShare(rank, workers)))
            .ToList();
        var cursor = SampleCursor.Start;
        for (var batch = 0; batch < 15; batch++)
        {
            var whole = alone.Read(cursor);
            var parts = together.Select(worker => worker.Read(cursor)).ToList();
            Assert.All(parts, part => Assert.Equal(whole.Next, part.Next));
            var rows = Enumerable
                .Range(0, 8)
                .SelectMany(row => parts[row % workers].Tokens.Chunk(SmallData.RowLength).ElementAt(row / workers));
            Assert.Equal(whole.Tokens, rows);
            cursor = whole.Next;
        }
    }

    [Fact]
    public void A_batch_that_cannot_be_divided_among_the_workers_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [30]));
        var source = new CorpusSource(new Corpus(data, new StoredOrder()));
        Assert.Throws<ArgumentException>(() => new BatchReader(source, 9, new WorkerShare(0, 2)));
    }

    [Fact]
    public void Reading_into_a_buffer_allocates_nothing_for_a_row()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [3000]));
        var reader = new BatchReader(new CorpusSource(new Corpus(data, new RowOrder(5, 3000))), 1000);
        var buffer = new long[reader.TokenCount];
        var cursor = reader.Read(SampleCursor.Start, buffer).Next;
        var before = GC.GetAllocatedBytesForCurrentThread();
        reader.Read(cursor, buffer);
        // The batch and its cursor, whatever its rows.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500);
    }
}
