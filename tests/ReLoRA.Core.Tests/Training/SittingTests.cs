using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class SittingTests : IDisposable
{
    private static readonly RunConfig Config = SmallRuns.ReLoRA(ResetSemantics.PaperSingleGpu) with
    {
        Probes =
        [
            new ProbeConfig { Every = 5 },
            new ProbeConfig
            {
                Metric = ProbeMetric.ConditionNumber,
                Of = ProbeTarget.CumulativeUpdate,
                Every = 7,
            },
        ],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_cell_trains_to_its_end_and_learns()
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.Config);

        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));

        var log = RunLogReader.Read(cell.LogPath);
        Assert.Empty(log.Damages);
        Assert.True(log.IsFinished);
        Assert.Equal(30, log.Records<StepRecord>().Count());
        Assert.Equal([0L, 10, 20, 30], log.Records<EvalRecord>().Select(eval => eval.Step));
        Assert.True(log.Records<EvalRecord>().Last().Loss < log.Records<EvalRecord>().First().Loss - 0.3);
        Assert.Equal("finished", CellStatus.Read(cell.StatusPath)!.State);
    }

    [Fact]
    public void A_stopped_and_resumed_run_equals_a_straight_one() => AssertResumes(Config, 5, 9, 17);

    [Fact]
    public void Adapters_that_are_carried_over_a_reset_survive_a_stop_right_after_it() =>
        AssertResumes(SmallRuns.ReLoRA(ResetSemantics.PaperAsRun), 9, 10, 17);

    [Fact]
    public void A_run_that_pauses_twice_goes_on_as_if_it_had_not()
    {
        var straight = SmallRuns.Cell(folder, Config, "straight");
        SmallRuns.Work(straight);
        var paused = SmallRuns.Cell(folder, Config, "paused");
        foreach (var step in (long[])[9, 17])
        {
            PauseAt(paused, step);
            Assert.Equal(RunOutcome.Paused, SmallRuns.Work(paused));
            Assert.Equal(
                ("paused", step),
                (CellStatus.Read(paused.StatusPath)!.State, CellStatus.Read(paused.StatusPath)!.Step)
            );
            // Further than asked for, it ends at once.
            Assert.Equal(RunOutcome.Paused, SmallRuns.Work(paused));
            Assert.Equal(step, RunLogReader.Read(paused.LogPath).Records<StepRecord>().Last().Step);
        }
        PauseAt(paused, 0);
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(paused));

        RunComparison.AssertSame(straight, paused);
    }

    private static void PauseAt(CellFolder cell, long step) =>
        File.WriteAllText(
            cell.ExecutionPath,
            (ExecutionSettings.Read(File.ReadAllText(cell.ExecutionPath)) with { PauseAt = step }).Write()
        );

    [Fact]
    public void A_killed_run_continues_from_its_checkpoint_to_the_same_weights()
    {
        var straight = SmallRuns.Cell(folder, Config, "straight");
        SmallRuns.Work(straight);
        var killed = SmallRuns.Cell(folder, Config, "killed");
        SittingRuns.WorkUntil(killed, 15);
        // What a kill leaves: the checkpoint of step 12, a log that goes on after it, a torn record.
        Directory.Delete(Path.Combine(killed.CheckpointsPath, "step_15"), recursive: true);
        File.AppendAllText(killed.LogPath, "\u0086torn");

        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(killed));

        RunComparison.AssertSame(straight, killed);
    }

    [Fact]
    public void A_damaged_newest_checkpoint_falls_back_to_the_one_before_and_says_so()
    {
        var straight = SmallRuns.Cell(folder, Config, "straight");
        SmallRuns.Work(straight);
        var damaged = SmallRuns.Cell(folder, Config, "damaged");
        SittingRuns.WorkUntil(damaged, 15);
        var path = Path.Combine(damaged.CheckpointsPath, "step_15", "model.safetensors");
        Damage(path);

        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(damaged));

        RunComparison.AssertSame(straight, damaged);
        var resume = Assert.Single(Notes(damaged), ResumeNote.TellsOfResume);
        Assert.Matches(
            $"^resumed after step 12; checkpoint step_15 passed over: {path} has [0-9]+ bytes and hash ",
            resume
        );
        Assert.True(ResumeNote.TellsOfDamage(resume));
    }

    [Fact]
    public void A_resume_from_the_newest_checkpoint_names_no_other()
    {
        var cell = SmallRuns.Cell(folder, Config);
        SittingRuns.WorkUntil(cell, 15);

        SmallRuns.Work(cell);

        var resume = Assert.Single(Notes(cell), ResumeNote.TellsOfResume);
        Assert.Equal("resumed after step 15", resume);
        Assert.False(ResumeNote.TellsOfDamage(resume));
    }

    [Fact]
    public void Where_one_checkpoint_is_kept_a_damaged_one_of_a_later_step_does_not_cost_it()
    {
        var config = Config with
        {
            Checkpoint = new CheckpointConfig { Every = 12, Keep = 1 },
        };
        var cell = SmallRuns.Cell(folder, config);
        SittingRuns.WorkUntil(cell, 12);
        CopyFolder(Path.Combine(cell.CheckpointsPath, "step_12"), Path.Combine(cell.CheckpointsPath, "step_29"));
        Damage(Path.Combine(cell.CheckpointsPath, "step_29", "model.safetensors"));
        var stop = new StopSignal();
        stop.Request();

        SmallRuns.Work(cell, stop);

        Assert.Equal([12], new CheckpointStore(cell.CheckpointsPath).Steps);
    }

    [Fact]
    public void A_run_that_was_killed_before_its_last_save_had_deleted_what_is_old_deletes_it_when_it_goes_on()
    {
        var cell = SmallRuns.Cell(folder, Config);
        SmallRuns.Work(cell);
        var store = new CheckpointStore(cell.CheckpointsPath);
        CopyFolder(store.PathOf(24), store.PathOf(12));

        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));

        Assert.Equal([30, 24], store.Steps);
    }

    [Fact]
    public void A_run_that_is_stopped_before_its_first_step_begins_anew()
    {
        var straight = SmallRuns.Cell(folder, Config, "straight");
        SmallRuns.Work(straight);
        var cell = SmallRuns.Cell(folder, Config, "stopped");
        var stop = new StopSignal();
        stop.Request();
        Assert.Equal(RunOutcome.Stopped, SmallRuns.Work(cell, stop));

        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));

        RunComparison.AssertSame(straight, cell);
    }

    [Fact]
    public void Accumulated_micro_batches_give_the_losses_of_the_whole_batch()
    {
        // Sums are taken in another order: 30 steps of AdamW let rounding grow to about 1e-5.
        const double tolerance = 1e-3;
        var whole = SmallRuns.Cell(folder, SmallRuns.Config, "whole");
        var split = SmallRuns.Cell(folder, SmallRuns.Config, "split", microBatch: 3);
        SmallRuns.Work(whole);
        SmallRuns.Work(split);

        var pairs = Losses(whole).Zip(Losses(split));
        Assert.All(pairs, pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [Fact]
    public void A_cell_whose_data_was_changed_is_refused()
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.Config);
        var manifest = folder.File("data", "train", "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest) + " ");

        var fault = Assert.Throws<UserFaultException>(() => SmallRuns.Work(cell));

        Assert.Contains("Its files were changed after the cell was planned", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Live_tensors_after_step_50_equal_those_after_step_10()
    {
        var config = Config with { Budget = new BudgetConfig { Tokens = 52 * 4 * 12 } };
        var cell = SmallRuns.Cell(folder, config);
        using var inputs = CellInputs.Read(cell);
        using var parts = new RunParts(inputs);
        using var log = new TrainingLog(RunLogWriter.Create(cell.LogPath), config);
        using var batches = new BatchStream(TrainingRows.Reader(inputs.Config, inputs.Corpora), SampleCursor.Start);
        var store = new CheckpointStore(cell.CheckpointsPath);
        var live = new Dictionary<long, long>();

        new Trainer(cell.Id, parts, log, store, TimeProvider.System).Run(
            TrainingState.Start,
            batches,
            new StopSignal(),
            state => live[state.Step] = LiveTensors.Count
        );

        Assert.Equal(live[10], live[50]);
    }

    private void AssertResumes(RunConfig config, params int[] stops)
    {
        var straight = SmallRuns.Cell(folder, config, "straight");
        SmallRuns.Work(straight);
        foreach (var step in stops)
        {
            var resumed = SmallRuns.Cell(folder, config, $"resumed{step}");

            Assert.Equal(RunOutcome.Stopped, SittingRuns.WorkUntil(resumed, step));
            Assert.Equal("stopped", CellStatus.Read(resumed.StatusPath)!.State);
            Assert.Equal(RunOutcome.Finished, SmallRuns.Work(resumed));

            RunComparison.AssertSame(straight, resumed);
        }
    }

    private static List<string> Notes(CellFolder cell) =>
        [.. RunLogReader.Read(cell.LogPath).Records<NoteRecord>().Select(note => note.Text)];

    private static void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private static IEnumerable<double> Losses(CellFolder cell) =>
        RunLogReader.Read(cell.LogPath).Records<StepRecord>().Select(step => step.Loss);
}
