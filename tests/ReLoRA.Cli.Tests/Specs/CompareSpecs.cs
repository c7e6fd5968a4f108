using System.Text.Json;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class CompareSpecs : IDisposable
{
    private static readonly string Runs = Repository.PathOf("tests", "Fixtures", "logs", "format-1", "runs");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void I_am_told_that_a_copy_of_a_sweep_is_equal_to_the_last_bit()
    {
        var result = ReloraInProcess.Run(folder, "compare", Runs, Runs);

        result.ShouldSucceed();
        Assert.Contains("2 of 2 logs are equal to the last bit", result.Output, StringComparison.Ordinal);
        Assert.Contains("The compared cells have the same configurations.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_are_no_fault()
    {
        Plan("first");

        var result = ReloraInProcess.Run(folder, "compare", Runs, folder.File("runs"));

        result.ShouldSucceed();
        Assert.Contains("No cell of A has a counterpart in B.", result.Output, StringComparison.Ordinal);
        Assert.Contains("In B only: r4, seed 1.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void I_can_have_it_as_JSON()
    {
        var result = ReloraInProcess.Run(folder, "compare", Runs, Runs, "--json");

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        var cell = json.RootElement.GetProperty("cells")[0];
        Assert.Equal("id", cell.GetProperty("by").GetString());
        Assert.True(cell.GetProperty("logs_equal").GetBoolean());
    }

    [Fact]
    public void Several_sweeps_in_a_folder_are_told_with_the_option_that_chooses()
    {
        Plan("first");
        Plan("second");
        var runs = folder.File("runs");

        ReloraInProcess
            .Run(folder, "compare", Runs, runs)
            .ShouldBeFault("has 2 sweeps: first, second", "Choose one with --sweep-b");
        ReloraInProcess.Run(folder, "compare", runs, runs, "--sweep-a", "first", "--sweep-b", "second").ShouldSucceed();
        ReloraInProcess
            .Run(folder, "compare", runs, Runs, "--sweep-a", "frist")
            .ShouldBeFault("--sweep-a: there is no sweep 'frist'", "There are: first, second");
    }

    [Fact]
    public void A_folder_without_runs_says_what_to_give()
    {
        ReloraInProcess.Run(folder, "compare", Runs, "nowhere").ShouldBeFault("There is no folder", "nowhere");
        ReloraInProcess.Run(folder, "compare", folder.Path, Runs).ShouldBeFault("There are no runs in", "relora run");
    }

    private void Plan(string name) =>
        new ReLoRA.Results.Runs.SweepFile
        {
            Name = name,
            Cells = [new ReLoRA.Results.Runs.SweepCell("c1", "r4, seed 1", "r4", "1", "")],
        }.Write(SmallSweep.Runs(folder).Sweep(name).PlanPath);
}
