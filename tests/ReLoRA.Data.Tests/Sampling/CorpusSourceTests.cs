using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Sampling;

public sealed class CorpusSourceTests
{
    [Fact]
    public void Rows_as_they_are_stored_come_in_that_order_in_each_pass()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [4, 3]));
        Assert.Equal([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], Rows(data, batchSize: 3, batches: 4, carries: false));
    }

    [Fact]
    public void A_batch_that_carries_over_takes_its_last_rows_from_the_next_pass()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [4, 3]));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4], Rows(data, batchSize: 3, batches: 4, carries: true));
    }

    [Fact]
    public void A_batch_that_carries_over_may_be_larger_than_the_data()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [3]));
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1, 2, 0], Rows(data, batchSize: 10, batches: 1, carries: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_cursor_on_the_way_leads_on_as_the_straight_way_does(bool carries)
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [11]));
        var reader = new BatchReader(new CorpusSource(new Corpus(data, new RowOrder(5, 11)), carries), 4);
        var straight = new List<TokenBatch>();
        var cursor = SampleCursor.Start;
        for (var i = 0; i < 12; i++)
        {
            straight.Add(reader.Read(cursor));
            cursor = straight[^1].Next;
        }
        for (var i = 1; i < straight.Count; i++)
            Assert.Equal(straight[i].Tokens, reader.Read(straight[i - 1].Next).Tokens);
    }

    private static List<int> Rows(TokenDataset data, int batchSize, int batches, bool carries)
    {
        var reader = new BatchReader(new CorpusSource(new Corpus(data, new StoredOrder()), carries), batchSize);
        return RowNumbers.Of(reader, batches, data.RowCount);
    }
}
