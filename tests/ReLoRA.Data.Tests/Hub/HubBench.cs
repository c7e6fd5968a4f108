using ReLoRA.Data.Hub;
using ReLoRA.Testing;
using ReLoRA.Testing.Hub;

namespace ReLoRA.Data.Tests.Hub;

/// <summary>A hub on this computer, a client of it, and a folder.</summary>
internal sealed class HubBench : IDisposable
{
    public const string Token = "hf_aTokenThatNobodyMaySee";

    /// <summary>So long that it passes as a pause only in tests of silence.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromDays(1);

    private HubClient? client;

    public TemporaryFolder Folder { get; } = new();

    public LocalHub Hub { get; } = new();

    public QuickClock Clock { get; } = new();

    public HubPatience Patience { get; init; } = new() { Silence = Silence };

    public string? KnownAs { get; init; }

    public List<string> Told { get; } = [];

    public HubRepository Repository { get; } = new(RepositoryKind.Dataset, "pico/ids", "main");

    public HubSettings Settings =>
        new()
        {
            Endpoint = Hub.Address,
            Cache = Folder.File("cache"),
            Token = KnownAs,
        };

    public HubClient Client => client ??= new HubClient(Settings, Patience, Clock, Told.Add);

    /// <summary>Pauses between attempts, without the watch over silence.</summary>
    public IReadOnlyList<TimeSpan> Pauses => [.. Clock.Pauses.Where(pause => pause != Patience.Silence)];

    public string RepositoryCache => Folder.File("cache", "datasets--pico--ids");

    public Task<HubListing> ListAsync() => Client.ListAsync(Repository, TestContext.Current.CancellationToken);

    /// <summary>Downloads a file to <c>got</c>.</summary>
    public async Task<string> FetchAsync(string path, Action<long>? received = null, CancellationToken stop = default)
    {
        var listing = await ListAsync();
        var file = listing.Files.Single(file => file.Path == path);
        await Client.FetchAsync(listing, file, Folder.File("got"), received ?? (_ => { }), stop);
        return Folder.File("got");
    }

    public Task<HubPullResult> PullAsync(Func<HubPullOptions, HubPullOptions>? change = null)
    {
        var options = new HubPullOptions { Repository = Repository };
        return HubPull.RunAsync(change?.Invoke(options) ?? options, Client, Settings, Clock);
    }

    /// <summary>Asserts a typed fault with some words and without the token.</summary>
    public static async Task RequireFaultAsync(Func<Task> action, DataFault expected, params string[] named)
    {
        var fault = await Assert.ThrowsAsync<DataException>(action);
        Assert.True(expected == fault.Fault, fault.ToString());
        foreach (var name in named)
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, fault.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        client?.Dispose();
        Hub.Dispose();
        Folder.Dispose();
    }
}
