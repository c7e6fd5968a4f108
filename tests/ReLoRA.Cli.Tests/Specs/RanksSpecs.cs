using System.Globalization;
using ReLoRA.Core.Distributed;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Real processes, started by OpenMPI's <c>mpirun</c>.</summary>
[Trait("Category", "Slow")]
public sealed class RanksSpecs : IDisposable
{
    private const int Steps = 50;
    private const double Tolerance = 1e-6;
    private const string FourRows =
        "start = start with { Data = start.Data with { BatchSize = 4 }, Budget = new BudgetConfig { Steps = 50 } };";
    private const string Endless = "start = start with { Budget = new BudgetConfig { Steps = 100000 } };";

    private readonly TemporaryFolder folder = new();

    public RanksSpecs() =>
        Installed.Require(
            MpiCollective.IsHere ? null : "OpenMPI's libmpi.so.40 is not here: no run on several processes."
        );

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_two_and_four_processes_train_the_same_cell_to_the_same_losses()
    {
        var one = Train(1);
        Assert.Equal(Steps, one.Losses.Count);
        Assert.Equal([15L, 30, 45], one.Resets);
        foreach (var ranks in (int[])[2, 4])
        {
            var several = Train(ranks);
            Assert.Equal((one.Id, ranks), (several.Id, several.Ranks));
            Assert.Equal(one.Resets, several.Resets);
            Assert.Equal(one.Losses.Count, several.Losses.Count);
            Assert.All(one.Losses.Zip(several.Losses), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
        }
    }

    [Fact]
    public void A_killed_process_ends_the_run_with_words_and_it_goes_on_at_another_number()
    {
        var script = Script(folder, Endless);
        using (var command = Run(script, "--ranks", "2"))
        {
            var cell = SmallSweep.WaitForStep(folder, command, 12);
            Relora.Kill("KILL", Ranks(cell)[1]);
            var result = command.Wait();
            Assert.Equal(1, result.ExitCode);
            Assert.Contains("process rank 1 with PID", result.Output + result.Errors, StringComparison.Ordinal);
            Assert.Contains(
                "goes on from its checkpoint of step",
                result.Output + result.Errors,
                StringComparison.Ordinal
            );
            Assert.Empty(Ranks(cell));
        }
        using var again = Run(script);
        var resumed = SmallSweep.WaitForStep(folder, again, 14);
        again.Signal("INT");
        Assert.Equal(130, again.Wait().ExitCode);
        Assert.Contains(
            RunLogReader.Read(resumed.LogPath).Records<NoteRecord>(),
            note => note.Text.Contains("processes from here on 1, before 2", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_stuck_process_is_named_and_the_run_begins_again_at_its_checkpoint()
    {
        using var command = Run(Script(folder, Endless), "--ranks", "2", "--hang-after", "6s");
        var cell = SmallSweep.WaitForStep(folder, command, 12);
        var stuck = Ranks(cell)[1];
        Relora.Kill("STOP", stuck);
        for (var tries = 0; tries < 300 && (Ranks(cell) is not [_, var second] || second == stuck); tries++)
            Thread.Sleep(100);
        SmallSweep.WaitForStep(folder, command, 12);
        command.Signal("INT");
        var result = command.Wait();
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("showed no sign of life for 00:00:06", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"stuck: process 1 (id {stuck} on "),
            File.ReadAllText(cell.WorkerLogPath),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Interrupted_processes_save_at_the_same_step_and_leave_nothing_behind()
    {
        using var command = Run(Script(folder, Endless), "--ranks", "2");
        var cell = SmallSweep.WaitForStep(folder, command, 3);
        command.Signal("INT");
        var result = command.Wait();
        Assert.Equal(130, result.ExitCode);
        var status = CellStatus.Read(cell.StatusPath)!;
        Assert.Equal("stopped", status.State);
        Assert.True(Directory.Exists(Path.Combine(cell.CheckpointsPath, $"step_{status.Step}")), result.ToString());
        Assert.Empty(Ranks(cell));
        Assert.Equal([cell.HeartbeatPath], Directory.GetFiles(cell.Path, "heartbeat*"));
    }

    [Fact]
    public void Without_mpirun_it_is_said_what_to_install()
    {
        var variables = new Dictionary<string, string> { ["PATH"] = folder.Path };
        using var command = Relora.Start(
            folder,
            variables,
            "run",
            Script(folder, ""),
            "--ranks",
            "2",
            "--threads",
            "1"
        );
        var result = command.Wait();
        Assert.Contains("--ranks needs mpirun of OpenMPI", result.Output + result.Errors, StringComparison.Ordinal);
    }

    /// <summary>One cell of the small sweep.</summary>
    private static string Script(TemporaryFolder folder, string change)
    {
        var path = SmallSweep.Write(folder, change);
        File.WriteAllText(path, File.ReadAllText(path).Replace(".Baseline()", "", StringComparison.Ordinal));
        return path;
    }

    private Relora Run(string script, params string[] more) =>
        Relora.Start(folder, ["run", script, "--jobs", "1", "--threads", "1", .. more]);

    private (string Id, int Ranks, List<double> Losses, List<long> Resets) Train(int ranks)
    {
        using var own = new TemporaryFolder();
        var script = Script(own, FourRows);
        Relora.Run(own, "run", script, "--jobs", "1", "--threads", "1", "--ranks", $"{ranks}").ShouldSucceed();
        var log = Assert.Single(SmallSweep.Logs(own));
        return (
            log.Run!.Cell,
            log.Run.Ranks ?? 1,
            [.. log.Records<StepRecord>().Select(step => step.Loss)],
            [.. log.Records<ResetRecord>().Select(reset => reset.Step)]
        );
    }

    /// <summary>The processes that train a cell, by their rank.</summary>
    private static List<int> Ranks(CellFolder cell) =>
        [
            .. Directory
                .GetDirectories("/proc")
                .Select(Path.GetFileName)
                .Select(name => int.TryParse(name, CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id > 0 && Trains(id, cell))
                .OrderBy(RankOf),
        ];

    private static bool Trains(int id, CellFolder cell) =>
        Read(id, "cmdline") is var line
        && line.Contains($"\0worker\0{cell.Path}\0", StringComparison.Ordinal)
        && !line.Contains("mpirun", StringComparison.Ordinal);

    private static int RankOf(int id) =>
        Read(id, "environ")
            .Split('\0')
            .Where(variable => variable.StartsWith("OMPI_COMM_WORLD_RANK=", StringComparison.Ordinal))
            .Select(variable => int.Parse(variable.Split('=')[1], CultureInfo.InvariantCulture))
            .FirstOrDefault();

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
