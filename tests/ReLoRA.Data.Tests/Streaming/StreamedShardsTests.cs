using ReLoRA.Data.Inspection;
using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Streaming;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Streaming;

public sealed class StreamedShardsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SetClock clock = new();
    private readonly StreamedShards shards;

    public StreamedShardsTests()
    {
        SmallData.Write(folder, [10, 10, 10]);
        SmallData.EditManifest(
            folder.Path,
            text =>
                text.TrimEnd().TrimEnd('}')
                + ", \"streamed\": {\"repository\": \"lab/rows\", \"commit\": \"c0ffee\", \"column\": null}}"
        );
        var path = Path.Combine(folder.Path, DatasetManifest.FileName);
        shards = new StreamedShards(folder.Path, ManifestJson.Parse(File.ReadAllBytes(path), path), clock);
    }

    [Fact]
    public void A_shard_that_is_missing_is_waited_for_as_long_as_someone_brings_shards()
    {
        File.Delete(Shard(1));
        using (var held = HeldFile.TryHold(new StreamFolder(folder.Path).LockPath))
        {
            Assert.NotNull(held);
            for (var minute = 0; minute < 10; minute++)
            {
                Assert.False(shards.AreHere(1, 1));
                clock.Advance(TimeSpan.FromMinutes(1));
            }
        }
    }

    [Fact]
    public void Without_anyone_it_is_waited_for_a_minute_and_then_the_fault_tells_what_to_run()
    {
        File.Delete(Shard(1));
        Assert.False(shards.AreHere(0, 2));
        clock.Advance(StreamedShards.Patience - TimeSpan.FromSeconds(1));
        Assert.False(shards.AreHere(0, 2));
        clock.Advance(TimeSpan.FromSeconds(1));
        var fault = Assert.Throws<DataException>(() => shards.AreHere(0, 2));
        Assert.Equal(DataFault.Missing, fault.Fault);
        Assert.Contains(Shard(1), fault.Message, StringComparison.Ordinal);
        Assert.Contains("relora data pull lab/rows --stream", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_was_asked_for_can_be_read_after_its_file_has_gone()
    {
        Assert.True(shards.AreHere(1, 1));
        File.Delete(Shard(1));
        var row = new long[SmallData.RowLength];
        // Longer than a file is taken to be what it was, and as many reads as it takes to look again.
        Thread.Sleep(ShardBytes.MillisecondsUnlooked + 1);
        for (var i = 0; i < 20; i++)
            shards.At(1).ReadRow(3, SmallData.Vocabulary, row);
        Assert.Equal(SmallData.Row(13), row.Select(id => (int)id));
    }

    [Fact]
    public void What_was_asked_for_before_is_closed()
    {
        Assert.True(shards.AreHere(0, 2));
        Assert.True(shards.AreHere(2, 2));
        File.Delete(Shard(1));
        Assert.Throws<DataException>(() => shards.At(1));
        Assert.Equal(10, shards.At(0).Rows);
    }

    [Fact]
    public void Damage_is_told_as_damage_and_not_waited_for()
    {
        File.WriteAllText(Shard(1), "no shard at all");
        var fault = Assert.Throws<DataException>(() => shards.AreHere(1, 1));
        Assert.NotEqual(DataFault.Missing, fault.Fault);
    }

    [Fact]
    public void Waiting_for_rows_ends_when_the_caller_gives_up()
    {
        File.Delete(Shard(0));
        using var data = TokenDataset.Open(folder.Path);
        using var batches = new BatchStream(
            new BatchReader(new CorpusSource(new Corpus(data, new StoredOrder())), 5),
            SampleCursor.Start
        );
        var asked = 0;
        Assert.False(batches.Wait(() => ++asked > 3));
    }

    [Fact]
    public void A_mix_waits_for_what_its_blocks_need_of_a_streamed_corpus()
    {
        using var other = new TemporaryFolder();
        using var whole = TokenDataset.Open(SmallData.Write(other, [50]));
        using var streamed = TokenDataset.Open(folder.Path);
        // Five rows of each block of a thousand: the third block begins with the eleventh row, which is in the second shard.
        var mix = new MixedSource(
            [new Corpus(whole, new StoredOrder()), new Corpus(streamed, new StoredOrder())],
            [0.995, 0.005],
            seed: 1
        );
        File.Delete(Shard(1));
        Assert.True(mix.IsHere(SampleCursor.Start, 2000));
        Assert.False(mix.IsHere(SampleCursor.Start, 2001));
        Assert.False(mix.IsHere(new SampleCursor(0, 3999), 1));
        Assert.True(mix.IsHere(new SampleCursor(0, 4000), 1));
    }

    [Fact]
    public void A_streamed_dataset_cannot_be_verified_as_a_whole()
    {
        var fault = Assert.Throws<DataException>(() => DatasetVerification.Verify(folder.Path));
        Assert.Equal(DataFault.Unsupported, fault.Fault);
    }

    public void Dispose()
    {
        shards.Dispose();
        folder.Dispose();
    }

    private string Shard(int number) => folder.File($"tokens-{number:D5}.arrow");
}
