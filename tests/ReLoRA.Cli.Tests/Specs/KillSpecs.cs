using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>What tools/kills does two hundred times.</summary>
[Trait("Category", "Slow")]
public sealed class KillSpecs : IDisposable
{
    private const int Kills = 20;
    private const int Steps = 120;

    private const int Cells = 4;

    private const string KeepMore = "start = start with { Checkpoint = start.Checkpoint with { KeepEvery = 30 } };";

    private readonly TemporaryFolder straight = new();
    private readonly TemporaryFolder killed = new();
    private readonly Random random = new(20_241);

    private TimeSpan latest;

    public void Dispose()
    {
        straight.Dispose();
        killed.Dispose();
    }

    [Fact]
    public void Twenty_kills_at_random_moments_leave_no_trace_in_logs_weights_and_optimizer_states()
    {
        var begun = TimeProvider.System.GetTimestamp();
        Relora.Run(straight, "run", Script(straight), "--jobs", "1", "--threads", "1").ShouldSucceed();
        // From the start of a worker to its end, however busy the machine is.
        latest = TimeProvider.System.GetElapsedTime(begun) / Cells;
        var script = Script(killed);

        var kills = 0;
        while (kills < Kills)
        {
            var (count, ended) = RunAndKill(script, Kills - kills);
            kills += count;
            Assert.All(SmallSweep.Runs(killed).Cells(), AssertReadable);
            if (ended is not { ExitCode: 0 })
                continue;
            AssertSame();
            Directory.Delete(killed.File("runs"), recursive: true);
        }
        Relora.Run(killed, "run", script, "--jobs", "1", "--threads", "1").ShouldSucceed();

        AssertSame();
    }

    private static string Script(TemporaryFolder folder) => SmallSweep.Write(folder, KeepMore, steps: Steps, seeds: 2);

    /// <summary>Kills one worker after the other, and now and then the command with its worker.</summary>
    /// <returns>The kills, and how the command ended where it was not killed.</returns>
    private (int Kills, ReloraResult? Ended) RunAndKill(string script, int most)
    {
        using var command = Relora.Start(killed, "run", script, "--jobs", "1", "--threads", "1");
        var seen = new HashSet<int>();
        var kills = 0;
        while (kills < most && NextWorker(command, seen) is { } worker)
        {
            if (!OutlivesItsMoment(command, worker))
                continue;
            kills++;
            var withCommand = kills == most || random.Next(6) == 0;
            if (withCommand)
            {
                command.Signal("KILL");
                // The worker notices and begins to save: it is killed in the middle of that, too.
                Thread.Sleep(random.Next(60));
            }
            Relora.Kill("KILL", worker);
            if (!withCommand)
                continue;
            command.Wait();
            return (kills, null);
        }
        return (kills, command.Wait());
    }

    /// <summary>A worker that is done before its moment says how long one takes by now: a machine's speed changes.</summary>
    private bool OutlivesItsMoment(Relora command, int worker)
    {
        var (seen, moment) = (TimeProvider.System.GetTimestamp(), latest * random.NextDouble());
        while (TimeProvider.System.GetElapsedTime(seen) < moment)
        {
            Thread.Sleep(5);
            if (command.Workers().Contains(worker))
                continue;
            latest = TimeProvider.System.GetElapsedTime(seen);
            return false;
        }
        return true;
    }

    private static int? NextWorker(Relora command, HashSet<int> seen)
    {
        while (!command.HasExited)
        {
            foreach (var child in command.Workers().Where(seen.Add))
                return child;
            Thread.Sleep(10);
        }
        return null;
    }

    private static void AssertReadable(CellFolder cell)
    {
        if (!File.Exists(cell.LogPath))
            return;
        var log = RunLogReader.Read(cell.LogPath);
        Assert.All(log.Damages, damage => Assert.Equal(LogDamageKind.TornTail, damage.Kind));
        Assert.DoesNotContain(
            log.Records<NoteRecord>(),
            note => note.Text.Contains("passed over", StringComparison.Ordinal)
        );
    }

    private void AssertSame()
    {
        var expected = SmallSweep.Runs(straight).Cells();
        var actual = SmallSweep.Runs(killed).Cells();
        Assert.Equal(expected.Select(cell => cell.Id), actual.Select(cell => cell.Id));
        Assert.Equal(Cells, actual.Count);
        foreach (var (straightCell, killedCell) in expected.Zip(actual))
        {
            Assert.Equal(LogText.Comparable(straightCell.LogPath), LogText.Comparable(killedCell.LogPath));
            Assert.Equal(Bytes(straightCell), Bytes(killedCell));
        }
    }

    /// <summary>Weights and optimizer states of all checkpoints that stay.</summary>
    private static List<(string Name, string Bytes)> Bytes(CellFolder cell) =>
        [
            .. Directory
                .GetFiles(cell.CheckpointsPath, "*.safetensors", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(path =>
                    (Path.GetRelativePath(cell.CheckpointsPath, path), Convert.ToBase64String(File.ReadAllBytes(path)))
                ),
        ];
}
