using System.Net;
using System.Net.Sockets;
using Deque.AxeCore.Playwright;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class WatchSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task I_can_watch_a_sweep_learn_in_a_browser()
    {
        await using var browser = await Browser.OpenAsync();
        var script = SmallSweep.Write(folder, calls: ".Probe(EffectiveRank(every: 20))");
        var port = FreePort();
        var address = $"http://localhost:{port}/";
        using var watch = Relora.Start(folder, "watch", script, "--port", $"{port}");
        await AnsweringAsync(watch, address);

        // Opened before there is anything to see, and never loaded again.
        await browser.Page.GotoAsync(address);
        await ShowsAsync("0 of 0 cells finished");
        Relora.Run(folder, "run", script).ShouldSucceed();
        await ShowsAsync("2 of 2 cells finished, 0 running, 0 failed.");
        await browser.Page.WaitForSelectorAsync("#chart-loss .scatterlayer .trace");

        Assert.Equal(2, await browser.Page.Locator("#cells tbody tr").CountAsync());
        Assert.Equal(2, await browser.Page.Locator("#chart-loss .legend .traces").CountAsync());
        Assert.Contains("kept", await browser.Page.Locator("#resets").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("60 of 60", await browser.Page.Locator("#cells").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(browser.Complaints);
        Assert.All(browser.Requests, request => Assert.StartsWith(address, request, StringComparison.Ordinal));
        Assert.Empty((await browser.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));

        watch.Signal("INT");
        watch.Wait();
        await ShowsAsync("relora watch has ended");

        Task ShowsAsync(string text) =>
            browser
                .Page.GetByRole(Microsoft.Playwright.AriaRole.Status)
                .Filter(new() { HasText = text })
                .WaitForAsync();
    }

    [Fact]
    public void A_port_that_is_taken_is_told()
    {
        var script = SmallSweep.Write(folder);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        ReloraInProcess
            .Run(folder, "watch", script, "--port", $"{port}")
            .ShouldBeFault($"Port {port} cannot be had", "--port");
    }

    [Fact]
    public void No_runs_say_what_to_do() =>
        ReloraInProcess.Run(folder, "watch").ShouldBeFault("There are no sweeps in", "relora run SCRIPT");

    /// <summary>Outside of the ports that the system gives to whoever asks for any.</summary>
    private static int FreePort() => 20_000 + (Environment.ProcessId % 10_000);

    private static async Task AnsweringAsync(Relora watch, string address)
    {
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
            try
            {
                using var answer = await client.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException) when (tries < 900)
            {
                Assert.False(watch.HasExited, "the command ended before it answered");
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
    }
}
