using ReLoRA.Testing.Hub;

namespace ReLoRA.Data.Tests.Hub;

public sealed class HubTokenTests : IDisposable
{
    private readonly HubBench bench = new() { KnownAs = HubBench.Token };

    public HubTokenTests() => bench.Hub.Add("a.bin", 100);

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task The_token_goes_to_the_hub_and_not_to_where_it_redirects()
    {
        bench.Hub.Behave = asked => asked.IsFile && IsOfHub(asked) ? To(bench.Hub.OtherAddress + asked.Target) : null;

        var path = await bench.FetchAsync("a.bin");

        Assert.Equal(bench.Hub.Files["a.bin"], File.ReadAllBytes(path));
        Assert.All(
            bench.Hub.Asked,
            asked => Assert.Equal(IsOfHub(asked) ? $"Bearer {HubBench.Token}" : null, asked.Authorization)
        );
        Assert.Contains(bench.Hub.Asked, asked => !IsOfHub(asked));
    }

    [Fact]
    public async Task A_redirect_back_to_the_hub_does_not_bring_the_token_back()
    {
        bench.Hub.Behave = asked =>
            !asked.IsFile || asked.Target.Contains("back") ? null
            : IsOfHub(asked) ? To(bench.Hub.OtherAddress + asked.Target)
            : To($"{bench.Hub.Address}{asked.Target}?back");

        await bench.FetchAsync("a.bin");

        Assert.Equal([true, false, false], bench.Hub.AskedForFiles.Select(asked => asked.Authorization is not null));
    }

    [Fact]
    public async Task A_redirect_within_the_hub_keeps_it()
    {
        bench.Hub.Behave = asked =>
            asked.IsFile && !asked.Target.Contains("again") ? To($"{asked.Target}?again") : null;

        await bench.FetchAsync("a.bin");

        Assert.Equal([true, true], bench.Hub.AskedForFiles.Select(asked => asked.Authorization is not null));
    }

    [Fact]
    public async Task Redirects_end()
    {
        bench.Hub.Behave = asked => asked.IsFile ? To(asked.Target) : null;
        await HubBench.RequireFaultAsync(() => bench.FetchAsync("a.bin"), DataFault.Network, "more than 10 redirects");
        Assert.Equal(11, bench.Hub.AskedForFiles.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(503)]
    public async Task No_message_holds_the_token_or_the_signature_of_an_address(int status)
    {
        bench.Hub.Behave = asked =>
            !asked.IsFile ? null
            : IsOfHub(asked) ? To($"{bench.Hub.OtherAddress}{asked.Target}?Signature=abc")
            : new Misbehaviour { Status = status };

        await HubBench.RequireFaultAsync(() => bench.FetchAsync("a.bin"), DataFault.Network, $"{status}", "localhost");

        var fault = await Assert.ThrowsAsync<DataException>(() => bench.FetchAsync("a.bin"));
        Assert.DoesNotContain("Signature", fault.Message);
        Assert.DoesNotContain(bench.Told, line => line.Contains(HubBench.Token) || line.Contains("Signature"));
    }

    [Fact]
    public void From_https_to_http_nobody_is_led()
    {
        var fault = Assert.Throws<DataException>(() =>
            Data.Hub.HubRedirect.Follow(new Uri("https://hub.example/a?key=1"), "http://hub.example/a")
        );
        Assert.Contains("from https to http", fault.Message);
        Assert.DoesNotContain("key", fault.Message);
    }

    private bool IsOfHub(HubAsked asked) => asked.Host == $"127.0.0.1:{bench.Hub.Port}";

    private static Misbehaviour To(string address) => new() { Status = 302, Headers = [$"Location: {address}"] };
}
