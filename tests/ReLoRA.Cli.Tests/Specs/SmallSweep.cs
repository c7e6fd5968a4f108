using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>A sweep of two cells that take seconds, on the corpus that ships.</summary>
internal static class SmallSweep
{
    public const int Steps = 60;

    public static string Write(
        TemporaryFolder folder,
        string change = "",
        string name = "small.csx",
        int steps = Steps,
        string calls = "",
        int seeds = 1
    )
    {
        var path = folder.File(name);
        File.WriteAllText(
            path,
            $$"""
            var start = Presets.Nano with
            {
                Model = Presets.Nano.Model with { Width = 16, Layers = 1, HiddenWidth = 24 },
                LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA, Rank = 4, ResetEvery = 15 },
                Schedule = new ScheduleConfig { WarmupSteps = 5, RestartWarmupSteps = 2 },
                Data = new DataConfig { BatchSize = 2, Train = "{{Repository.PathOf(
                "datasets",
                "english",
                "train"
            )}}" },
                Budget = new BudgetConfig { Tokens = {{steps}} * 2 * 128 },
                Evaluation = new EvaluationConfig { MaxRows = 2, Perplexity = "{{Repository.PathOf(
                "datasets",
                "english",
                "validation"
            )}}" },
                Checkpoint = new CheckpointConfig { Every = 10 },
            };
            {{change}}
            Sweep("small", start).Baseline().Seeds(count: {{seeds}}){{calls}};
            """
        );
        return path;
    }

    public static RunsFolder Runs(TemporaryFolder folder) => new(folder.File("runs"));

    public static IReadOnlyList<RunLog> Logs(TemporaryFolder folder) =>
        [.. Runs(folder).Cells().Select(cell => RunLogReader.Read(cell.LogPath))];

    /// <summary>Waits until a cell has passed a step, and returns its folder.</summary>
    public static CellFolder WaitForStep(TemporaryFolder folder, Relora command, long step)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            var found = Runs(folder)
                .Cells()
                .FirstOrDefault(cell =>
                    CellStatus.Read(cell.StatusPath) is { State: "running" } status && status.Step >= step
                );
            if (found is not null)
                return found;
            Assert.False(command.HasExited, "the command ended before that");
            Thread.Sleep(100);
        }
        throw new TimeoutException($"No cell passed step {step}.");
    }
}
