using FsCheck;
using FsCheck.Fluent;
using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Sampling;

public sealed class BatchStreamTests
{
    [Fact]
    public void A_stream_resumed_at_a_cursor_delivers_what_would_have_followed()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [20, 17]));
        Prop.ForAll(
                Gen.Choose(0, 40).ToArbitrary(),
                Gen.Choose(1, 37).ToArbitrary(),
                (batches, size) =>
                {
                    using var straight = Open(data, 5, size, SampleCursor.Start);
                    var cursor = SampleCursor.Start;
                    for (var batch = 0; batch < batches; batch++)
                        cursor = straight.Next().Next;
                    using var resumed = Open(data, 5, size, cursor);
                    return Enumerable.Range(0, 5).All(_ => IsEqual(straight.Next(), resumed.Next()));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_epoch_visits_each_row_once_and_drops_its_last_short_batch()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [10]));
        using var stream = Open(data, 1, 3, SampleCursor.Start);
        var batches = Enumerable.Range(0, 4).Select(_ => Copy(stream.Next())).ToList();
        Assert.Equal(
            [(0, 3), (0, 6), (0, 9), (1, 3)],
            batches.Select(batch => (batch.Next.Epoch, batch.Next.Position))
        );
        var firsts = batches.Take(3).SelectMany(batch => batch.Tokens.Chunk(SmallData.RowLength)).Select(row => row[0]);
        Assert.Equal(9, firsts.Distinct().Count());
    }

    [Fact]
    public void Rows_are_those_of_the_order()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [10]));
        using var stream = Open(data, 9, 4, new SampleCursor(2, 3));
        var order = new RowOrder(9, 10);
        var batch = stream.Next();
        var rows = Enumerable.Range(3, 4).SelectMany(position => SmallData.Row(order.RowAt(2, position)));
        Assert.Equal(rows, batch.Tokens.Select(id => (int)id));
        Assert.Equal((4, SmallData.RowLength), (batch.Rows, batch.RowLength));
    }

    [Fact]
    public void A_fault_while_reading_ahead_comes_out_of_Next_after_the_batches_before_it()
    {
        using var folder = new TemporaryFolder();
        const int Vocabulary = 95;
        SmallData.Write(folder, [40]);
        SmallData.EditManifest(
            folder.Path,
            text =>
                text.Replace("\"vocabulary_size\": 97", $"\"vocabulary_size\": {Vocabulary}", StringComparison.Ordinal)
        );
        var order = new RowOrder(3, 40);
        var firstBad = Enumerable
            .Range(0, 40)
            .First(position => SmallData.Row(order.RowAt(0, position)).Max() >= Vocabulary);
        Assert.True(firstBad > 0, "the case needs good batches before the fault");
        using var data = TokenDataset.Open(folder.Path);
        using var stream = Open(data, 3, 1, SampleCursor.Start);
        for (var batch = 0; batch < firstBad; batch++)
            stream.Next();
        Assert.Equal(DataFault.TokenOutOfRange, Assert.Throws<DataException>(() => stream.Next()).Fault);
        Assert.Equal(DataFault.TokenOutOfRange, Assert.Throws<DataException>(() => stream.Next()).Fault);
    }

    [Fact]
    public void It_is_disposed_while_its_thread_waits_for_room()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [10]));
        var stream = Open(data, 1, 2, SampleCursor.Start);
        stream.Next();
        stream.Dispose();
        stream.Dispose();
        Assert.Throws<ObjectDisposedException>(() => stream.Next());
    }

    [Fact]
    public void A_dataset_smaller_than_a_batch_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [3]));
        var fault = Assert.Throws<DataException>(() => Open(data, 1, 4, SampleCursor.Start));
        Assert.Equal(DataFault.TooSmall, fault.Fault);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 4)]
    public void A_cursor_of_other_data_is_refused(long epoch, long position)
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [3]));
        var fault = Assert.Throws<DataException>(() => Open(data, 1, 1, new SampleCursor(epoch, position)));
        Assert.Equal(DataFault.InvalidValue, fault.Fault);
    }

    /// <summary>A batch's ids are valid until the next one only.</summary>
    private static TokenBatch Copy(TokenBatch batch) => batch with { Tokens = [.. batch.Tokens] };

    private static BatchStream Open(TokenDataset data, long seed, int batchSize, SampleCursor start) =>
        new(new BatchReader(new CorpusSource(new Corpus(data, new RowOrder(seed, data.RowCount))), batchSize), start);

    private static bool IsEqual(TokenBatch one, TokenBatch other) =>
        one.Tokens.AsSpan().SequenceEqual(other.Tokens) && one.Next == other.Next;
}
