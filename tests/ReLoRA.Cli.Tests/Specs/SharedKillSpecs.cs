using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>What <c>tools/kills --commands 2</c> does three hundred times: two runs of one sweep at once, and kills of either and of their workers.</summary>
[Trait("Category", "Slow")]
public sealed class SharedKillSpecs : IDisposable
{
    private const int Kills = 8;
    private const int Steps = 50;
    private const int Cells = 4;

    private readonly TemporaryFolder straight = new();
    private readonly TemporaryFolder killed = new();
    private readonly List<Relora> commands = [];
    private readonly Random random = new(20_242);

    public void Dispose()
    {
        commands.ForEach(command => command.Dispose());
        straight.Dispose();
        killed.Dispose();
    }

    [Fact]
    public void Kills_of_two_runs_at_once_lose_no_cell_repeat_none_and_leave_no_trace_in_the_logs()
    {
        var begun = TimeProvider.System.GetTimestamp();
        Relora.Run(straight, Arguments(straight)).ShouldSucceed();
        var worker = TimeProvider.System.GetElapsedTime(begun) / Cells;
        var arguments = Arguments(killed);

        for (var kills = 0; kills < Kills; )
        {
            while (commands.Count < 2)
                commands.Add(Relora.Start(killed, arguments));
            Thread.Sleep(worker * random.NextDouble());
            kills += Kill();
            if (EndedWell())
                Finish();
        }
        Relora.Run(killed, arguments).ShouldSucceed();
        Finish();
    }

    private static string[] Arguments(TemporaryFolder folder) =>
        ["run", SmallSweep.Write(folder, steps: Steps, seeds: 2), "--jobs", "1", "--threads", "1"];

    /// <summary>Ends one of the runs or of their workers, whichever comes.</summary>
    private int Kill()
    {
        var living = commands.Where(command => !command.HasExited).ToList();
        var victims = living
            .SelectMany(command => command.Workers())
            .Concat(living.Select(command => command.Id))
            .ToList();
        if (victims.Count == 0)
            return 0;
        Relora.Kill("KILL", victims[random.Next(victims.Count)]);
        return 1;
    }

    /// <summary>Whether a run came to its end; runs that did not are taken away, to be begun again.</summary>
    private bool EndedWell()
    {
        var isDone = false;
        foreach (var command in commands.Where(command => command.HasExited).ToList())
        {
            var ended = command.Wait();
            // 1 where a worker was killed, 137 where the run itself was.
            Assert.True(ended.ExitCode is 0 or 1 or 137, ended.ToString());
            isDone |= ended.ExitCode == 0;
            commands.Remove(command);
            command.Dispose();
        }
        return isDone;
    }

    /// <summary>The other run ends by itself; then all is compared and begun anew.</summary>
    private void Finish()
    {
        foreach (var command in commands)
        {
            var ended = command.Wait();
            // 137 where it was killed, and had not ended yet when the other was seen to be done.
            Assert.True(ended.ExitCode is 0 or 1 or 137, ended.ToString());
            command.Dispose();
        }
        commands.Clear();
        var expected = SmallSweep.Runs(straight).Cells();
        var actual = SmallSweep.Runs(killed).Cells();
        Assert.Equal(Cells, actual.Count);
        Assert.Equal(expected.Select(cell => cell.Id), actual.Select(cell => cell.Id));
        foreach (var (one, other) in expected.Zip(actual))
            Assert.Equal(LogText.Comparable(one.LogPath), LogText.Comparable(other.LogPath));
        Directory.Delete(killed.File("runs"), recursive: true);
    }
}
