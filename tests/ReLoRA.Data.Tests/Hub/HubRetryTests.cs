using System.Globalization;
using ReLoRA.Data.Hub;
using ReLoRA.Testing.Hub;

namespace ReLoRA.Data.Tests.Hub;

public sealed class HubRetryTests : IDisposable
{
    private readonly HubBench bench = new();
    private int asked;

    public HubRetryTests() => bench.Hub.Add("a.bin", 10_000);

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_may_pass_is_asked_again_with_growing_pauses(int status)
    {
        First(4, new Misbehaviour { Status = status });

        await bench.FetchAsync("a.bin");

        Assert.Equal(5, bench.Hub.AskedForFiles.Count);
        Assert.Equal(4, bench.Pauses.Count);
        for (var number = 0; number < 4; number++)
            Assert.InRange(bench.Pauses[number].TotalSeconds, 0.5 * (1 << number), 1 << number);
        Assert.Equal(3, bench.Told.Count);
    }

    [Fact]
    public async Task It_is_given_up_after_eight_in_a_row()
    {
        First(100, new Misbehaviour { Status = 503 });
        await HubBench.RequireFaultAsync(
            () => bench.FetchAsync("a.bin"),
            DataFault.Network,
            "/resolve/",
            "503",
            "8 times in a row",
            "goes on"
        );
        Assert.Equal(8, bench.Hub.AskedForFiles.Count);
    }

    [Fact]
    public async Task An_attempt_that_brought_something_does_not_count()
    {
        First(30, new Misbehaviour { DropAfter = 100 });
        await bench.FetchAsync("a.bin");
        Assert.Equal(31, bench.Hub.AskedForFiles.Count);
    }

    [Fact]
    public async Task Getting_no_further_than_before_counts()
    {
        First(100, new Misbehaviour { DropAfter = 100, IgnoresRange = true });
        await HubBench.RequireFaultAsync(() => bench.FetchAsync("a.bin"), DataFault.Network, "8 times in a row");
        Assert.Equal(9, bench.Hub.AskedForFiles.Count);
    }

    [Theory]
    [InlineData("40", 40, 40)]
    [InlineData("+100", 95, 100)]
    [InlineData("-100", 0.5, 1)]
    public async Task The_hub_may_say_how_long_to_wait(string after, double least, double most)
    {
        var told = after[0] is '+' or '-'
            ? bench.Clock.GetUtcNow().AddSeconds(double.Parse(after, CultureInfo.InvariantCulture)).ToString("R")
            : after;
        First(1, new Misbehaviour { Status = 429, Headers = [$"Retry-After: {told}"] });

        await bench.FetchAsync("a.bin");

        Assert.InRange(Assert.Single(bench.Pauses).TotalSeconds, least, most);
    }

    [Fact]
    public async Task A_hub_that_asks_for_hours_is_given_up_at_once()
    {
        First(1, new Misbehaviour { Status = 429, Headers = ["Retry-After: 7200"] });
        await HubBench.RequireFaultAsync(
            () => bench.FetchAsync("a.bin"),
            DataFault.Network,
            "429",
            "wait for 02:00:00"
        );
    }

    [Fact]
    public async Task Silence_ends_and_what_arrived_is_gone_on_with()
    {
        using var silent = new HubBench { Patience = new HubPatience { Silence = TimeSpan.FromSeconds(800) } };
        var content = silent.Hub.Add("a.bin", 10_000);
        silent.Hub.Behave = one =>
            one.IsFile && Interlocked.Increment(ref asked) == 1
                ? new Misbehaviour { Silence = TimeSpan.FromMinutes(5) }
                : null;

        Assert.Equal(content, File.ReadAllBytes(await silent.FetchAsync("a.bin")));

        Assert.Equal("bytes=5000-", silent.Hub.AskedForFiles[^1].Range);
    }

    [Fact]
    public async Task A_hub_that_is_not_there_is_said_so()
    {
        var settings = bench.Settings;
        bench.Hub.Dispose();
        using var client = new HubClient(settings, bench.Patience, bench.Clock);
        await HubBench.RequireFaultAsync(
            () => client.ListAsync(bench.Repository, default),
            DataFault.Network,
            settings.Endpoint,
            "the connection failed",
            "HF_ENDPOINT"
        );
    }

    [Fact]
    public void Pauses_differ_between_files_and_are_bounded()
    {
        var patience = new HubPatience();
        Assert.NotEqual(patience.Pause(1, "a"), patience.Pause(1, "b"));
        Assert.Equal(patience.Pause(3, "a"), patience.Pause(3, "a"));
        Assert.InRange(patience.Pause(50, "a"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    private void First(int count, Misbehaviour wrong) =>
        bench.Hub.Behave = one => one.IsFile && Interlocked.Increment(ref asked) <= count ? wrong : null;
}
