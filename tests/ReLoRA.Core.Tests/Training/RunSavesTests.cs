using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Tests.Checkpoints;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class RunSavesTests : IDisposable
{
    private static readonly RunConfig Config = SmallRuns.ReLoRA(ResetSemantics.PaperAsRun) with
    {
        Checkpoint = new CheckpointConfig
        {
            Every = 3,
            Keep = 1,
            KeepEvery = 9,
        },
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Training_goes_on_while_a_checkpoint_is_written_and_the_next_one_waits_for_it()
    {
        var cell = SmallRuns.Cell(folder, Config);
        var disk = new GatedDisk();
        var reached = 0L;

        var outcome = SittingRuns.Work(
            cell,
            new CheckpointStore(cell.CheckpointsPath, disk),
            (_, state) =>
            {
                if (disk.Gate.IsSet)
                    return;
                reached = state.Step;
                // The checkpoint of step 3 has not gone through; one of step 6 could not begin before it has.
                if (state.Step == 5)
                    disk.Gate.Set();
            }
        );

        Assert.Equal(RunOutcome.Finished, outcome);
        Assert.Equal(5, reached);
        Assert.Equal(10, disk.Begun);
        Assert.Equal(1, disk.MostAtOnce);
        Assert.Equal([30, 27, 18, 9], new CheckpointStore(cell.CheckpointsPath).Steps);
    }

    [Fact]
    public void What_is_written_in_the_background_is_what_is_written_at_once()
    {
        var behind = SmallRuns.Cell(folder, Config, "behind");
        var atOnce = SmallRuns.Cell(
            folder,
            Config with
            {
                Checkpoint = Config.Checkpoint with { InBackground = false },
            },
            "at-once"
        );

        SmallRuns.Work(behind);
        SmallRuns.Work(atOnce);

        Assert.Equal(behind.Id, atOnce.Id);
        foreach (var step in (long[])[9, 18, 27, 30])
        foreach (var name in (string[])["model.safetensors", "optimizer.safetensors"])
            Assert.Equal(Bytes(behind, step, name), Bytes(atOnce, step, name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_disk_that_is_full_ends_the_run_with_one_message_and_the_run_goes_on_once_there_is_room(
        bool inBackground
    )
    {
        var config = Config with
        {
            Checkpoint = new CheckpointConfig { Every = 3, InBackground = inBackground },
        };
        var straight = SmallRuns.Cell(folder, config, "straight");
        var roomy = new FailingDisk(0, DiskFault.Once);
        SittingRuns.Work(straight, new CheckpointStore(straight.CheckpointsPath, roomy), (_, _) => { });
        var cell = SmallRuns.Cell(folder, config, "full");
        using (var inputs = CellInputs.Read(cell))
        {
            var full = new CheckpointStore(
                cell.CheckpointsPath,
                new FailingDisk(roomy.Count / 2, DiskFault.FromThenOn)
            );

            var fault = Assert.Throws<UserFaultException>(() =>
                new Sitting(cell, inputs, TimeProvider.System, full).Work(new StopSignal())
            );

            var last = new CheckpointStore(cell.CheckpointsPath).Steps[0];
            Assert.Equal(
                $"{full.PathOf(last + 3)} cannot be written: No space left on device The run stops here, since it could not be "
                    + $"continued from later on; it goes on from step {last}. A checkpoint of this run takes 1 MiB: make room for "
                    + "it, or mend what the message names, and run the sweep again.",
                fault.Message
            );
            Assert.Equal("failed", CellStatus.Read(cell.StatusPath)!.State);
        }

        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));

        RunComparison.AssertSame(straight, cell);
    }

    [Fact]
    public void A_log_that_the_disk_does_not_take_is_one_message_too()
    {
        var cell = SmallRuns.Cell(folder, Config);
        SittingRuns.WorkUntil(cell, 7);
        File.Delete(cell.StatusPath);
        // A file cannot be replaced by renaming where a folder has its name.
        Directory.CreateDirectory(cell.StatusPath);

        var fault = Assert.Throws<UserFaultException>(() => SmallRuns.Work(cell));

        Assert.StartsWith($"{cell.Path}: a file of the run cannot be read or written: ", fault.Message);
        Assert.Contains("it goes on from step 7.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_has_the_figures_of_each_checkpoint_that_is_whole()
    {
        var cell = SmallRuns.Cell(folder, Config);

        SmallRuns.Work(cell);

        var log = RunLogReader.Read(cell.LogPath);
        var whole = log.Records<NoteRecord>().Where(note => note.Text.EndsWith("is whole", StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Range(1, 10).Select(i => $"checkpoint step_{3 * i} is whole"),
            whole.Select(note => note.Text)
        );
        var last = whole.Last().Measured;
        Assert.Equal(30L, last["step"]);
        Assert.Equal(
            Directory.GetFiles(Path.Combine(cell.CheckpointsPath, "step_30")).Sum(path => new FileInfo(path).Length),
            last["bytes"]
        );
        Assert.All(
            (string[])["seconds", "stood_still_seconds"],
            key => Assert.InRange((double)last[key], double.Epsilon, 60)
        );
        Assert.IsType<EndRecord>(log.Entries[^2].Record);
    }

    private static byte[] Bytes(CellFolder cell, long step, string name) =>
        File.ReadAllBytes(Path.Combine(cell.CheckpointsPath, $"step_{step}", name));
}
