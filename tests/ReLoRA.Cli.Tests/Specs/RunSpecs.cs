using System.Text.Json;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

[Trait("Category", "Slow")]
public sealed class RunSpecs : IDisposable
{
    private const int LongRun = 1500;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void I_can_run_a_sweep_see_a_table_and_run_it_again_without_repeating_anything()
    {
        var script = SmallSweep.Write(folder);

        var first = Relora.Run(folder, "run", script);

        first.ShouldSucceed();
        Assert.Contains("FullRank", first.Output, StringComparison.Ordinal);
        Assert.Contains("kept", first.Output, StringComparison.Ordinal);
        // That is for those who ask for a micro-batch or for recomputation.
        Assert.DoesNotContain("without recomputation", first.Output + first.Errors, StringComparison.Ordinal);
        Assert.EndsWith(
            $"Report: {folder.File("runs", "sweeps", "small", "report.html")}\n",
            first.Output,
            StringComparison.Ordinal
        );
        Assert.All(SmallSweep.Logs(folder), log => Assert.True(log.IsFinished));
        var written = Stamps();

        var second = Relora.Run(folder, "run", script);

        second.ShouldSucceed();
        Assert.Equal(written, Stamps());
    }

    [Fact]
    public void A_probe_of_mine_that_throws_is_told_and_the_sweep_goes_on()
    {
        const string probes = """
            .Probe(EffectiveRank(every: 20), Measure("share", every: 20, on: "*.attention.*", p => p.Update.Norm() / p.Weight.Norm()))
            .Probe(Measure("broken", every: 20, p => p.Update.SingularValues()[99]))
            """;
        var script = SmallSweep.Write(folder, calls: probes);

        var result = Relora.Run(folder, "run", script);

        result.ShouldSucceed();
        Assert.Contains(
            "probe broken failed after step 0 (step) and is off",
            result.ToString(),
            StringComparison.Ordinal
        );
        foreach (var log in SmallSweep.Logs(folder))
        {
            Assert.True(log.IsFinished);
            var last = log.Records<ProbeRecord>().Last(record => record.Name == "share/*.attention.*");
            Assert.Equal(SmallSweep.Steps, last.Step);
            Assert.All(last.Values, value => Assert.InRange(value.Value, 1e-4, 1));
            Assert.DoesNotContain(log.Records<ProbeRecord>(), record => record.Name == "broken");
        }
    }

    [Fact]
    public void I_can_resume_after_a_worker_was_killed()
    {
        var script = SmallSweep.Write(folder, steps: LongRun);
        ReloraResult first;
        CellFolder killed;
        using (var command = Relora.Start(folder, "run", script, "--jobs", "1"))
        {
            killed = SmallSweep.WaitForStep(folder, command, 40);
            Relora.Kill("KILL", CellStatus.Read(killed.StatusPath)!.ProcessId);
            first = command.Wait();
        }
        Assert.True(first.ExitCode == 1, first.ToString());
        Assert.False(RunLogReader.Read(killed.LogPath).IsFinished);
        var other = SmallSweep.Runs(folder).Cells().Single(cell => cell.Id != killed.Id);
        var untouched = File.GetLastWriteTimeUtc(other.LogPath);

        var second = Relora.Run(folder, "run", script);

        second.ShouldSucceed();
        var log = RunLogReader.Read(killed.LogPath);
        Assert.True(log.IsFinished);
        Assert.Contains(
            log.Records<NoteRecord>(),
            note => note.Text.StartsWith("resumed after step", StringComparison.Ordinal)
        );
        Assert.Equal(Enumerable.Range(1, LongRun), log.Records<StepRecord>().Select(step => (int)step.Step));
        Assert.Equal(untouched, File.GetLastWriteTimeUtc(other.LogPath));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void I_can_stop_with_a_signal_and_resume(string signal)
    {
        var script = SmallSweep.Write(folder, steps: LongRun);
        using (var command = Relora.Start(folder, "run", script))
        {
            SmallSweep.WaitForStep(folder, command, 20);
            command.Signal(signal);
            Assert.Equal(130, command.Wait().ExitCode);
        }
        Assert.Contains(
            SmallSweep.Runs(folder).Cells(),
            cell => CellStatus.Read(cell.StatusPath)?.State == "stopped" && Directory.Exists(cell.CheckpointsPath)
        );

        Relora.Run(folder, "run", script).ShouldSucceed();

        Assert.All(SmallSweep.Logs(folder), log => Assert.True(log.IsFinished));
    }

    [Fact]
    public void A_run_that_cannot_be_saved_stops_with_one_message_and_goes_on_once_it_can()
    {
        var script = SmallSweep.Write(folder);
        using var plan = JsonDocument.Parse(
            ReloraInProcess.Run(folder, "plan", script, "--no-calibration", "--json").Output
        );
        var id = plan.RootElement[0].GetProperty("cells")[0].GetProperty("id").GetString()!;
        var cell = SmallSweep.Runs(folder).Cell(id);
        // A file where the folder of the checkpoints would be.
        Directory.CreateDirectory(cell.Path);
        File.WriteAllText(cell.CheckpointsPath, "");

        var first = Relora.Run(folder, "run", script);

        Assert.True(first.ExitCode == 1, first.ToString());
        var told = first.ToString();
        Assert.Contains(
            Path.Combine(cell.CheckpointsPath, "step_10 cannot be written: "),
            told,
            StringComparison.Ordinal
        );
        Assert.Contains("it goes on from its start.", told, StringComparison.Ordinal);
        Assert.Contains("run the sweep again.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", told, StringComparison.Ordinal);

        File.Delete(cell.CheckpointsPath);
        Relora.Run(folder, "run", script).ShouldSucceed();
    }

    private List<(string, DateTime)> Stamps() =>
        [.. SmallSweep.Runs(folder).Cells().Select(cell => (cell.Id, File.GetLastWriteTimeUtc(cell.LogPath)))];
}
