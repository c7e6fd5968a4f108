using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Reports as their readers meet them: in a browser, without a network.</summary>
public sealed class ReportPageSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task I_can_read_the_report_of_a_real_sweep_and_of_a_broken_one()
    {
        await using var browser = await Browser.OpenAsync();
        await browser.Page.Context.SetOfflineAsync(true);
        var outsideOfCharts = new AxeRunContext { Exclude = [new(".js-plotly-plot .svg-container")] };
        var script = SmallSweep.Write(
            folder,
            calls: ".Probe(EffectiveRank(every: 20), ConditionNumber(every: 20), SingularValues(every: 30))"
        );
        Relora.Run(folder, "run", script).ShouldSucceed();
        var real = Report();

        await Opened(real);
        Assert.True(new FileInfo(real).Length < 6 * 1024 * 1024, "the page is larger than 6 MB");
        Assert.True(await browser.Page.Locator(".chart .main-svg").CountAsync() > 0, "no chart was drawn");
        Assert.True(await browser.Page.Locator(".heatmaplayer image").CountAsync() > 0, "no heat map was drawn");
        Assert.Contains(
            "No reset that promises to keep the model's function failed its proof.",
            await browser.Page.Locator("#findings").InnerTextAsync(),
            StringComparison.Ordinal
        );
        await FitsAPhone();
        await CanBeReadByKeys();
        await IsBlackOnWhiteOnPaper();

        var paper = folder.File("paper");
        Relora.Run(folder, "report", "--paper", paper).ShouldSucceed();
        await Opened(Directory.GetFiles(paper, "paper.html", SearchOption.AllDirectories).Single());

        Break();
        var broken = Report();
        await Opened(broken);
        var said = await browser.Page.Locator("main").InnerTextAsync();
        Assert.Contains("This sweep is not complete: 1 of 2 cells are finished", said, StringComparison.Ordinal);
        Assert.Contains("the log is damaged", said, StringComparison.Ordinal);

        // Of the charts of a page axe looks at the places alone: their thousands of marks take it half a minute.
        async Task Opened(string page)
        {
            await browser.Page.GotoAsync(new Uri(page).AbsoluteUri);
            await browser.Page.WaitForSelectorAsync(
                "#chart-loss .scatterlayer .trace",
                new() { State = WaitForSelectorState.Attached }
            );
            Assert.Empty(browser.Complaints);
            Assert.All(browser.Requests, request => Assert.StartsWith("file:", request, StringComparison.Ordinal));
            foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
            {
                await browser.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                Assert.Empty(
                    (await browser.Page.RunAxe(outsideOfCharts)).Violations.Select(violation =>
                        $"{scheme}: {violation.Id}: {violation.Help}: {violation.Nodes[0].Html}"
                    )
                );
            }
        }

        async Task FitsAPhone()
        {
            await browser.Page.SetViewportSizeAsync(390, 844);
            await browser.Page.WaitForFunctionAsync(
                "document.documentElement.scrollWidth <= 390 && document.querySelector('#chart-loss .main-svg').getBoundingClientRect().width <= 390"
            );
            await browser.Page.SetViewportSizeAsync(1280, 900);
        }

        async Task CanBeReadByKeys()
        {
            await browser.Page.EvaluateAsync("document.activeElement.blur()");
            await browser.Page.Keyboard.PressAsync("Tab");
            Assert.Equal("Skip the contents", await Focused());
            await browser.Page.Keyboard.PressAsync("Tab");
            Assert.Equal("Findings", await Focused());
            var figures = browser.Page.Locator("#chart-loss-figures summary");
            await figures.FocusAsync();
            await browser.Page.Keyboard.PressAsync("Enter");
            Assert.True(await browser.Page.Locator("#chart-loss-figures table").IsVisibleAsync());
        }

        Task<string> Focused() => browser.Page.EvaluateAsync<string>("document.activeElement.textContent");

        async Task IsBlackOnWhiteOnPaper()
        {
            await browser.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, Media = Media.Print });
            await browser.Page.WaitForFunctionAsync(
                "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)' && document.querySelector('#chart-loss').layout.font.color === '#000000'"
            );
            Assert.False(await browser.Page.Locator("nav").IsVisibleAsync());
            await browser.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, Media = Media.Screen });
        }
    }

    [Fact]
    public void A_machine_without_a_browser_still_gets_the_page()
    {
        new SweepFile { Name = "first", Cells = [new SweepCell("c1", "r4, seed 1", "r4", "1", "")] }.Write(
            SmallSweep.Runs(folder).Sweep("first").PlanPath
        );
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere the system has a browser");

        using var report = Relora.Start(
            folder,
            new Dictionary<string, string> { ["PATH"] = folder.Path },
            "report",
            "--open"
        );
        var result = report.Wait();

        result.ShouldSucceed();
        Assert.True(File.Exists(result.Output.Trim()), result.Output);
        Assert.Contains($"Open the page yourself: {result.Output.Trim()}", result.Errors, StringComparison.Ordinal);
    }

    private string Report()
    {
        var result = Relora.Run(folder, "report");
        result.ShouldSucceed();
        return result.Output.Trim();
    }

    /// <summary>One log loses its second half, as when a disk fails, and has a hole of zeros in the first.</summary>
    private void Break()
    {
        var cell = SmallSweep.Runs(folder).Cells().First(cell => cell.LogPath.Length > 0).LogPath;
        var bytes = File.ReadAllBytes(cell);
        var half = bytes[..(bytes.Length / 2)];
        Array.Clear(half, half.Length / 2, 300);
        File.WriteAllBytes(cell, half);
    }
}
