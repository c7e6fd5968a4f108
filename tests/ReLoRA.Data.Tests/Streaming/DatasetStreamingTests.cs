using ReLoRA.Data.Hub;
using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Streaming;

public sealed class DatasetStreamingTests : IDisposable
{
    private const int Rows = StreamedFolder.Files * StreamedFolder.RowsOfFile;

    private readonly StreamedFolder stream = new();
    private readonly CancellationToken stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_room_for_all_of_it_a_stream_ends_with_the_whole_dataset()
    {
        var manifest = await stream.RunAsync(stop: stop);
        Assert.Equal((Rows, StreamedFolder.RowLength), ((int)manifest.Rows, manifest.RowLength));
        Assert.Equal(new StreamOrigin("lab/rows", "c0ffee", "input_ids"), manifest.Streamed);
        SmallData.RequireRows(stream.Output, Rows);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(stream.Output, "incoming")));
    }

    [Fact]
    public async Task Training_reads_every_row_in_order_while_shards_come_and_go_within_the_budget()
    {
        var budget = 3 * stream.LargestShard;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pull = stream.RunAsync(stream.Options with { Budget = budget }, ending.Token);
        var most = 0L;
        using (var data = await stream.OpenAsync())
        using (var batches = Batches(data, SampleCursor.Start))
        {
            for (var row = 0L; row < 2 * Rows; row += 50)
            {
                RequireBatch(batches, row);
                most = Math.Max(most, stream.BytesOnDisk());
            }
        }
        Assert.False(pull.IsCompleted);
        Assert.InRange(most, 1, budget);
        Assert.True(stream.Hub.Fetched.Count > StreamedFolder.Files, "the second pass fetched nothing again");
        await EndAsync(pull, ending);
    }

    [Fact]
    public async Task Readers_at_different_places_all_get_on()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pull = stream.RunAsync(stream.Options with { Budget = 3 * stream.LargestShard }, ending.Token);
        using (var first = await stream.OpenAsync())
        using (var second = await stream.OpenAsync())
        using (var early = Batches(first, SampleCursor.Start))
        using (var late = Batches(second, new SampleCursor(0, 8 * StreamedFolder.RowsOfFile)))
        {
            for (var row = 0L; row < Rows; row += 50)
            {
                RequireBatch(early, row);
                RequireBatch(late, row + 8 * StreamedFolder.RowsOfFile);
            }
        }
        await EndAsync(pull, ending);
    }

    [Fact]
    public async Task A_stream_that_was_stopped_goes_on_with_the_commit_it_began_with()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        stream.Hub.Before = file =>
            file.StartsWith("train-00007", StringComparison.Ordinal)
                ? Task.Delay(Timeout.Infinite, ending.Token)
                : Task.CompletedTask;
        var pull = stream.RunAsync(stop: ending.Token);
        while (stream.Hub.Fetched.Count < 7)
            await Task.Delay(5, stop);
        await EndAsync(pull, ending);
        stream.Hub.Before = _ => Task.CompletedTask;
        stream.Hub.Head = "decaf";
        var fetched = stream.Hub.Fetched.Count;
        var manifest = await stream.RunAsync(stop: stop);
        Assert.Equal("c0ffee", manifest.Streamed!.Commit);
        Assert.InRange(stream.Hub.Fetched.Count - fetched, 1, StreamedFolder.Files - 5);
        SmallData.RequireRows(stream.Output, Rows);
    }

    [Fact]
    public async Task Shards_of_ours_come_as_they_are()
    {
        using var folder = new TemporaryFolder();
        SmallData.Write(folder, [30, 40, 50]);
        var hub = new FolderHub(folder.Path);
        var manifest = await Data.Streaming.DatasetStreaming.RunAsync(hub, stream.Options, _ => { }, stop);
        Assert.Equal((120, (string?)null), ((int)manifest.Rows, manifest.Streamed!.Column));
        SmallData.RequireRows(stream.Output, 120);
    }

    [Fact]
    public async Task A_fault_of_the_hub_ends_the_stream_and_leaves_whole_shards_only()
    {
        stream.Hub.Before = async file =>
        {
            if (!file.StartsWith("train-00003", StringComparison.Ordinal))
                return;
            // Files are fetched ahead: the fault must not come before there is a shard to be left.
            while (!File.Exists(Path.Combine(stream.Output, "tokens-00000.arrow")))
                await Task.Delay(10, stop);
            throw new DataException(DataFault.Network, "the hub is gone");
        };
        var fault = await Assert.ThrowsAsync<DataException>(() => stream.RunAsync(stop: stop));
        Assert.Equal("the hub is gone", fault.Message);
        using var data = TokenDataset.Open(stream.Output);
        var row = new long[StreamedFolder.RowLength];
        data.ReadRow(0, row);
        Assert.Equal(SmallData.Row(0, StreamedFolder.RowLength), row.Select(id => (int)id));
    }

    [Fact]
    public async Task A_second_stream_to_the_same_folder_is_refused()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        stream.Hub.Before = _ => Task.Delay(Timeout.Infinite, ending.Token);
        var pull = stream.RunAsync(stop: ending.Token);
        var fault = await Assert.ThrowsAsync<DataException>(() => stream.RunAsync(stop: stop));
        Assert.Equal(DataFault.Exists, fault.Fault);
        Assert.Contains("another process", fault.Message, StringComparison.Ordinal);
        await EndAsync(pull, ending);
    }

    [Fact]
    public async Task What_cannot_be_streamed_is_refused_with_the_remedy()
    {
        await Refused(stream.Options with { Budget = stream.LargestShard }, DataFault.InvalidValue, "--budget");
        await Refused(With(stream.Options.Source with { Threads = 0 }), DataFault.InvalidValue, "--threads");
        await Refused(With(stream.Options.Source with { Include = ["none"] }), DataFault.Missing, "--include");
        Assert.False(File.Exists(Path.Combine(stream.Output, DatasetManifest.FileName)));
        await stream.RunAsync(stop: stop);
        await Refused(
            With(
                stream.Options.Source with
                {
                    Repository = new HubRepository(RepositoryKind.Dataset, "lab/other", "main"),
                }
            ),
            DataFault.Exists,
            "lab/rows"
        );
        await Refused(With(stream.Options.Source with { Exclude = ["train-00003*"] }), DataFault.Mismatch, "11");

        Data.Streaming.StreamOptions With(HubPullOptions source) => stream.Options with { Source = source };

        async Task Refused(Data.Streaming.StreamOptions options, DataFault expected, string named)
        {
            var fault = await Assert.ThrowsAsync<DataException>(() => stream.RunAsync(options, stop));
            Assert.Equal(expected, fault.Fault);
            Assert.Contains(named, fault.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => stream.Dispose();

    private static BatchStream Batches(TokenDataset data, SampleCursor start) =>
        new(new BatchReader(new CorpusSource(new Corpus(data, new StoredOrder()), carries: true), 50), start);

    private void RequireBatch(BatchStream batches, long row)
    {
        Assert.True(batches.Wait(() => stop.IsCancellationRequested));
        var expected = Enumerable
            .Range(0, 50)
            .SelectMany(i => SmallData.Row((row + i) % Rows, StreamedFolder.RowLength));
        Assert.Equal(expected, batches.Next().Tokens.Select(id => (int)id));
    }

    private static async Task EndAsync(Task pull, CancellationTokenSource ending)
    {
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
    }
}
