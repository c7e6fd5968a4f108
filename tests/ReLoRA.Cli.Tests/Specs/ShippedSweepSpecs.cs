using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Every sweep of the repository compiles, plans and trains, in small.</summary>
[Trait("Category", "Slow")]
public sealed class ShippedSweepSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Sweeps() =>
        [.. Directory.GetFiles(Repository.PathOf("sweeps"), "*.csx").Select(file => Path.GetFileName(file)!).Order()];

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void Each_has_a_question_and_a_verdict_in_the_list(string sweep)
    {
        var list = File.ReadAllLines(Repository.PathOf("sweeps", "README.md"));

        var line = Assert.Single(list, line => line.Contains($"]({sweep})", StringComparison.Ordinal));
        Assert.Contains('?', line);
        Assert.DoesNotContain("| |", line, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void Each_runs_in_small(string sweep)
    {
        var result = Relora.Run(
            folder,
            "run",
            Repository.PathOf("sweeps", sweep),
            "--quick",
            "--runs",
            folder.File("runs")
        );

        result.ShouldSucceed();
        Assert.Contains(" 20 steps each", result.Errors, StringComparison.Ordinal);
        var cells = new RunsFolder(folder.File("runs", "quick")).Cells();
        Assert.NotEmpty(cells);
        Assert.All(cells, cell => Assert.Equal(20, RunLogReader.Read(cell.LogPath).Records<EndRecord>().Last().Step));
        Assert.False(Directory.Exists(folder.File("runs", "cells")));
    }
}
