using System.Text.Json;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class ReportSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void I_get_a_page_for_each_sweep_and_its_path()
    {
        var (first, second) = (Plan("first"), Plan("second"));

        var result = Relora.Run(folder, "report");

        result.ShouldSucceed();
        Assert.Equal($"{first}\n{second}\n", result.Output);
        Assert.Contains("This sweep is not complete", File.ReadAllText(first), StringComparison.Ordinal);
    }

    [Fact]
    public void I_can_choose_the_sweep_and_the_file()
    {
        Plan("first");
        Plan("second");
        var page = folder.File("page.html");

        var result = ReloraInProcess.Run(folder, "report", "--sweep", "second", "--output", page, "--json");

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("second", json.RootElement[0].GetProperty("sweep").GetString());
        Assert.Equal(page, json.RootElement[0].GetProperty("report").GetString());
        Assert.Contains("<title>second</title>", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_of_no_runs_says_what_to_do() =>
        ReloraInProcess.Run(folder, "report").ShouldBeFault("There are no sweeps in", "relora run SCRIPT");

    [Fact]
    public void A_sweep_that_is_not_there_is_told_with_those_that_are()
    {
        Plan("first");

        ReloraInProcess.Run(folder, "report", "--sweep", "frist").ShouldBeFault("'frist'", "There are: first");
    }

    [Fact]
    public void Several_sweeps_do_not_fit_one_file()
    {
        Plan("first");
        Plan("second");

        ReloraInProcess.Run(folder, "report", "--output", "page.html").ShouldBeFault("2 sweeps", "--sweep");
    }

    private string Plan(string name)
    {
        var sweep = SmallSweep.Runs(folder).Sweep(name);
        new SweepFile { Name = name, Cells = [new SweepCell("c1", "r4, seed 1", "r4", "1", "")] }.Write(sweep.PlanPath);
        return Path.Combine(sweep.Path, "report.html");
    }
}
