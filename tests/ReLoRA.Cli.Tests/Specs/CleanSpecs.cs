using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class CleanSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public void I_can_free_the_checkpoints_of_finished_cells_and_lose_no_log_and_no_model()
    {
        Relora.Run(folder, "run", SmallSweep.Write(folder)).ShouldSucceed();
        var cells = SmallSweep.Runs(folder).Cells();
        var logs = cells.Select(cell => File.ReadAllBytes(cell.LogPath)).ToList();
        Assert.All(cells, cell => Assert.Equal(["step_50", "step_60"], Checkpoints(cell)));

        var dry = ReloraInProcess.Run(folder, "clean", "--dry-run");
        dry.ShouldSucceed();
        Assert.Contains("would be freed", dry.Output, StringComparison.Ordinal);
        Assert.All(cells, cell => Assert.Equal(["step_50", "step_60"], Checkpoints(cell)));

        var clean = ReloraInProcess.Run(folder, "clean");
        clean.ShouldSucceed();
        Assert.Matches("(?m)^[0-9a-f]{12}: [0-9.]+ MB, steps 50$", clean.Output);
        Assert.All(cells, cell => Assert.Equal(["step_60"], Checkpoints(cell)));

        ReloraInProcess.Run(folder, "clean", "--all").ShouldSucceed();
        Assert.All(cells, cell => Assert.Empty(Checkpoints(cell)));
        Assert.Equal(logs, cells.Select(cell => File.ReadAllBytes(cell.LogPath)));
        var again = Relora.Run(folder, "run", folder.File("small.csx"));
        again.ShouldSucceed();
        Assert.Contains("2 finished before", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_cell_that_can_go_on_and_a_checkpoint_that_another_cell_starts_from_stay()
    {
        var start = SmallSweep.Write(folder, steps: 20);
        Relora.Run(folder, "run", start).ShouldSucceed();
        var first = SmallSweep.Runs(folder).Cells()[0];
        var model = Path.Combine(first.CheckpointsPath, "step_10");
        var next = SmallSweep.Write(
            folder,
            $"start = start with {{ InitFrom = \"{model}\" }};",
            "next.csx",
            steps: 3000
        );
        using (var command = Relora.Start(folder, "run", next, "--jobs", "1"))
        {
            SmallSweep.WaitForStep(folder, command, 12);
            command.Signal("INT");
            command.Wait();
        }
        var before = SmallSweep.Runs(folder).Cells().ToDictionary(cell => cell.Id, Checkpoints);

        var clean = ReloraInProcess.Run(folder, "clean", "--all");

        clean.ShouldSucceed();
        Assert.Matches($"{first.Id}: kept, step 10: cell [0-9a-f]{{12}} starts from it", clean.Output);
        Assert.Equal(["step_10"], Checkpoints(first));
        var stopped = SmallSweep
            .Runs(folder)
            .Cells()
            .Single(cell =>
                !cell.LogPath.Equals(first.LogPath, StringComparison.Ordinal)
                && before[cell.Id].Any(name => name != "step_10" && name != "step_20")
            );
        Assert.Equal(before[stopped.Id], Checkpoints(stopped));
    }

    [Fact]
    public void No_runs_say_what_to_do() =>
        ReloraInProcess.Run(folder, "clean").ShouldBeFault("There are no runs in", "relora clean RUNS");

    private static List<string> Checkpoints(CellFolder cell) =>
        [
            .. Directory
                .GetDirectories(cell.CheckpointsPath)
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
        ];
}
