using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Sampling;

public sealed class MixedSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<TokenDataset> open = [];

    public void Dispose()
    {
        foreach (var data in open)
            data.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Shares_are_met_in_every_block()
    {
        var mix = Mix([0.5, 0.3, 0.2]);
        for (var block = 0; block < 3; block++)
        {
            var counts = Enumerable
                .Range(block * MixedSource.BlockRows, MixedSource.BlockRows)
                .CountBy(index => mix.PlaceOf(index).Corpus)
                .OrderBy(count => count.Key)
                .Select(count => count.Value);
            Assert.Equal([500, 300, 200], counts);
        }
    }

    [Fact]
    public void Each_corpus_is_taken_from_its_first_row_on_without_a_gap()
    {
        var mix = Mix([0.7, 0.3]);
        foreach (var corpus in new[] { 0, 1 })
        {
            var numbers = Enumerable
                .Range(0, 4 * MixedSource.BlockRows)
                .Select(index => mix.PlaceOf(index))
                .Where(place => place.Corpus == corpus)
                .Select(place => place.Number)
                .Order()
                .ToList();
            Assert.Equal(Enumerable.Range(0, numbers.Count).Select(number => (long)number), numbers);
        }
    }

    [Fact]
    public void Corpora_are_mixed_and_not_one_after_the_other()
    {
        var mix = Mix([0.5, 0.5]);
        var places = Enumerable.Range(0, MixedSource.BlockRows).Select(index => mix.PlaceOf(index).Corpus).ToList();
        var changes = places.Zip(places.Skip(1)).Count(pair => pair.First != pair.Second);
        // 999 pairs at one half: 500 expected with a standard deviation of 16; five of them either way.
        Assert.InRange(changes, 420, 580);
    }

    [Fact]
    public void A_small_corpus_comes_again_pass_after_pass_in_an_order_of_its_own()
    {
        var small = Corpus(rows: 3);
        var mix = new MixedSource([Corpus(rows: 40), small], [0.5, 0.5], seed: 1);
        var reader = new BatchReader(mix, 1);
        var seen = new Dictionary<long, List<long>>();
        for (var index = 0; index < 60; index++)
        {
            var (corpus, number) = mix.PlaceOf(index);
            if (corpus == 1)
                seen.TryAdd(number, [.. reader.Read(new SampleCursor(0, index)).Tokens]);
        }
        foreach (var (number, ids) in seen)
        {
            var expected = new long[SmallData.RowLength];
            small.Read(number / 3, number % 3, expected);
            Assert.Equal(expected, ids);
        }
    }

    [Fact]
    public void A_cursor_leads_on_as_the_straight_way_does()
    {
        var reader = new BatchReader(Mix([0.6, 0.4]), 7);
        var first = reader.Read(SampleCursor.Start);
        var second = reader.Read(first.Next);
        Assert.Equal(new SampleCursor(0, 14), second.Next);
        Assert.Equal(second.Tokens, new BatchReader(Mix([0.6, 0.4]), 7).Read(new SampleCursor(0, 7)).Tokens);
    }

    [Fact]
    public void Rows_of_differing_length_are_refused()
    {
        var longer = Corpus(rows: 5, rowLength: 6);
        var fault = Assert.Throws<DataException>(() => new MixedSource([Corpus(rows: 5), longer], [0.5, 0.5], seed: 1));
        Assert.Equal(DataFault.WrongRowLength, fault.Fault);
    }

    [Fact]
    public void A_cursor_with_an_epoch_is_not_of_a_mix()
    {
        var reader = new BatchReader(Mix([0.6, 0.4]), 7);
        Assert.Equal(
            DataFault.InvalidValue,
            Assert.Throws<DataException>(() => reader.Read(new SampleCursor(1, 0))).Fault
        );
    }

    private MixedSource Mix(double[] shares) => new([.. shares.Select(_ => Corpus(rows: 40))], shares, seed: 1);

    private Corpus Corpus(int rows, int rowLength = SmallData.RowLength)
    {
        var path = Directory.CreateDirectory(folder.File($"corpus{open.Count}")).FullName;
        var data = TokenDataset.Open(SmallData.Write(path, [rows], rowLength));
        open.Add(data);
        return new Corpus(data, new RowOrder(3, rows));
    }
}
