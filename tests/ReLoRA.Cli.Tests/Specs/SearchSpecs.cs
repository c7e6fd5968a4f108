using System.Text.Json;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Searches with real workers.</summary>
[Trait("Category", "Slow")]
public sealed class SearchSpecs : IDisposable
{
    private const string Calls = """
        .Range(c => c.Optimizer.LearningRate, 1e-3, 1e-1, Scale.Log)
        .Search(Tpe(trials: 3).With(Asha(minTokens: 20 * 256, eta: 2)))
        .Evaluate(every: 20)
        """;

    private readonly TemporaryFolder straight = new();
    private readonly TemporaryFolder killed = new();

    public void Dispose()
    {
        straight.Dispose();
        killed.Dispose();
    }

    [Fact]
    public void I_can_search_and_a_search_that_was_killed_ends_with_the_same_trials_and_logs()
    {
        var result = Relora.Run(straight, "run", Script(straight), "--jobs", "1", "--threads", "1");
        result.ShouldSucceed();
        Assert.Contains("small: trials, best first", result.Output, StringComparison.Ordinal);
        Assert.Contains("Best: #", result.Output, StringComparison.Ordinal);
        Assert.Contains("(not promoted)", result.Output, StringComparison.Ordinal);

        // Killed with its worker while the first trial is under way, and without it in the next.
        foreach (var withWorker in (bool[])[true, false])
        {
            using var command = Relora.Start(killed, "run", Script(killed), "--jobs", "1", "--threads", "1");
            SmallSweep.WaitForStep(killed, command, 5);
            var workers = command.Workers();
            command.Signal("KILL");
            if (withWorker)
                foreach (var worker in workers)
                    Relora.Kill("KILL", worker);
            command.Wait();
        }
        Relora.Run(killed, "run", Script(killed), "--jobs", "1", "--threads", "1").ShouldSucceed();

        Assert.Equal(Trials(straight), Trials(killed));
        var (expected, actual) = (SmallSweep.Runs(straight).Cells(), SmallSweep.Runs(killed).Cells());
        Assert.Equal(expected.Select(cell => cell.Id), actual.Select(cell => cell.Id));
        foreach (var (one, other) in expected.Zip(actual))
            Assert.Equal(LogText.Comparable(one.LogPath), LogText.Comparable(other.LogPath));

        var status = Relora.Run(straight, "status", "runs");
        Assert.Matches(@"paused at step \d+ of 60 \(not promoted\)", status.Output);
        var plan = Relora.Run(straight, "plan", Script(straight));
        Assert.Contains("small: a search", plan.Output, StringComparison.Ordinal);
        Assert.Contains("are given to 3 trials in", plan.Output, StringComparison.Ordinal);
    }

    private static string Script(TemporaryFolder folder)
    {
        var path = SmallSweep.Write(folder, calls: Calls);
        File.WriteAllText(path, File.ReadAllText(path).Replace(".Baseline()", "", StringComparison.Ordinal));
        return path;
    }

    /// <summary>What stands in search.json, which has no times in it.</summary>
    private static string Trials(TemporaryFolder folder)
    {
        var text = File.ReadAllText(Path.Combine(SmallSweep.Runs(folder).Sweep("small").Path, "search.json"));
        using var json = JsonDocument.Parse(text);
        Assert.Equal(3, json.RootElement.GetProperty("trials").GetArrayLength());
        return text;
    }
}
