using Microsoft.Playwright;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>The Chromium of this machine, which keeps what a page complained of and asked for.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly List<string> complaints = [];
    private readonly List<string> requests = [];

    private Browser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (this.playwright, this.browser, Page) = (playwright, browser, page);
        page.PageError += (_, fault) => complaints.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add(message.Text);
        };
        page.Request += (_, request) => requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, and what was written to the console as one.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>The addresses asked for.</summary>
    public IReadOnlyList<string> Requests => requests;

    /// <summary>Opens it; the test is skipped where there is none.</summary>
    public static async Task<Browser> OpenAsync()
    {
        var path = Names.FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, "there is no Chromium on this machine");
        var playwright = await Playwright.CreateAsync();
        // Root may not have its sandbox; the pages are our own.
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
        return new Browser(playwright, browser, await browser.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
