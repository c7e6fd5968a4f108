using ReLoRA.Testing.Hub;

namespace ReLoRA.Data.Tests.Hub;

public sealed class HubDownloadTests : IDisposable
{
    private const int Size = 300_000;

    private readonly HubBench bench = new();
    private readonly byte[] content;
    private int asked;

    public HubDownloadTests() => content = bench.Hub.Add("a.bin", Size);

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("a.bin", Size)]
    [InlineData("small.json", 1000)]
    [InlineData("empty.json", 0)]
    [InlineData("folder/with space/ü#?.json", 10)]
    public async Task A_file_arrives_as_it_is(string path, int size)
    {
        bench.Hub.Add(path, size);
        var received = 0L;

        var got = await bench.FetchAsync(path, count => received += count);

        Assert.Equal(bench.Hub.Files[path], File.ReadAllBytes(got));
        Assert.Equal(size, received);
        Assert.False(File.Exists(got + ".partial"));
    }

    [Fact]
    public async Task A_connection_that_drops_is_gone_on_with()
    {
        Once(new Misbehaviour { DropAfter = 100_000 });
        await RequireArrivesAsync();
        Assert.StartsWith("bytes=", bench.Hub.AskedForFiles[1].Range);
        Assert.NotEqual("bytes=0-", bench.Hub.AskedForFiles[1].Range);
    }

    [Theory]
    [InlineData(-50_000)]
    [InlineData(50_000)]
    public async Task A_wrong_Content_Length_is_gone_on_from(int lie)
    {
        Once(new Misbehaviour { LengthLie = lie });
        await RequireArrivesAsync();
    }

    [Fact]
    public async Task Bytes_beyond_the_end_are_left_alone()
    {
        Once(new Misbehaviour { Excess = 5000 });
        await RequireArrivesAsync();
        Assert.Single(bench.Hub.AskedForFiles);
    }

    [Fact]
    public async Task A_hub_without_ranges_is_asked_for_all_of_it()
    {
        Keep(1000);
        bench.Hub.Behave = _ => new Misbehaviour { IgnoresRange = true };
        await RequireArrivesAsync();
    }

    [Fact]
    public async Task A_wrong_Content_Range_is_not_taken()
    {
        Keep(1000);
        Once(new Misbehaviour { RangeLie = 7 });
        await RequireArrivesAsync();
        Assert.Equal(["bytes=1000-", "bytes=1000-"], bench.Hub.AskedForFiles.Select(one => one.Range));
    }

    [Fact]
    public async Task What_was_kept_is_not_asked_for_again()
    {
        Keep(123_456);
        await RequireArrivesAsync();
        Assert.Equal("bytes=123456-", Assert.Single(bench.Hub.AskedForFiles).Range);
    }

    [Fact]
    public async Task A_whole_file_without_its_name_needs_no_request()
    {
        Keep(Size);
        await RequireArrivesAsync();
        Assert.Empty(bench.Hub.AskedForFiles);
    }

    [Fact]
    public async Task A_download_that_is_stopped_goes_on_where_it_was()
    {
        using var stop = new CancellationTokenSource();
        Once(new Misbehaviour { Silence = TimeSpan.FromMinutes(5) });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            bench.FetchAsync("a.bin", _ => stop.Cancel(), stop.Token)
        );
        var kept = new FileInfo(bench.Folder.File("got.partial")).Length;
        Assert.InRange(kept, 1, Size - 1);
        Assert.False(File.Exists(bench.Folder.File("got")));

        await RequireArrivesAsync();

        Assert.Equal($"bytes={kept}-", bench.Hub.AskedForFiles[^1].Range);
    }

    [Theory]
    [InlineData("a.bin")]
    [InlineData("small.json")]
    public async Task Wrong_bytes_are_asked_for_once_more(string path)
    {
        bench.Hub.Add(path, Size);
        Once(new Misbehaviour { Corrupts = true });
        var received = 0L;

        var got = await bench.FetchAsync(path, count => received += count);

        Assert.Equal(bench.Hub.Files[path], File.ReadAllBytes(got));
        Assert.Equal(Size, received);
    }

    [Fact]
    public async Task Wrong_bytes_twice_are_a_fault_and_nothing_is_kept()
    {
        bench.Hub.Behave = one => one.IsFile ? new Misbehaviour { Corrupts = true } : null;

        await HubBench.RequireFaultAsync(
            () => bench.FetchAsync("a.bin"),
            DataFault.Mismatch,
            "a.bin",
            "pico/ids",
            "twice"
        );

        Assert.False(File.Exists(bench.Folder.File("got")));
        Assert.Equal(0, new FileInfo(bench.Folder.File("got.partial")).Length);
        Assert.Equal(2, bench.Hub.AskedForFiles.Count);
    }

    [Fact]
    public async Task Parts_are_read_and_gone_on_with()
    {
        var listing = await bench.ListAsync();
        Once(new Misbehaviour { DropAfter = 1000 });
        var part = await bench.Client.ReadAsync(listing, listing.Files[0], 5000, 20_000, default);
        Assert.Equal(content[5000..25_000], part);
        Assert.Equal("bytes=5000-24999", bench.Hub.AskedForFiles[0].Range);
        Assert.Equal(2, bench.Hub.AskedForFiles.Count);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            bench.Client.ReadAsync(listing, listing.Files[0], Size - 1, 2, default)
        );
        bench.Hub.Behave = _ => new Misbehaviour { IgnoresRange = true };
        await HubBench.RequireFaultAsync(
            () => bench.Client.ReadAsync(listing, listing.Files[0], 5000, 10, default),
            DataFault.Network,
            "a part was asked for"
        );
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_a_fault_and_not_tried_again()
    {
        Directory.CreateDirectory(bench.Folder.File("got.partial"));
        await HubBench.RequireFaultAsync(() => bench.FetchAsync("a.bin"), DataFault.Unreadable, "got.partial");
        Assert.Empty(bench.Hub.AskedForFiles);
    }

    private async Task RequireArrivesAsync() =>
        Assert.Equal(content, File.ReadAllBytes(await bench.FetchAsync("a.bin")));

    private void Once(Misbehaviour wrong) =>
        bench.Hub.Behave = one => one.IsFile && Interlocked.Increment(ref asked) == 1 ? wrong : null;

    private void Keep(int bytes) => File.WriteAllBytes(bench.Folder.File("got.partial"), content[..bytes]);
}
