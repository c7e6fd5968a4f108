using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class TensorBoardSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public void Cells_write_events_while_they_train_are_the_same_cells_and_tell_where_events_cannot_be_written()
    {
        var script = SmallSweep.Write(folder, steps: 20);

        Relora.Run(folder, "run", script, "--tensorboard", "board").ShouldSucceed();

        var cells = SmallSweep.Logs(folder).Select(log => log.Run!.Cell).Order(StringComparer.Ordinal);
        var events = Directory.GetFiles(folder.File("board"), "events.out.tfevents.*", SearchOption.AllDirectories);
        Assert.Equal(
            cells,
            events.Select(path => Path.GetFileName(Path.GetDirectoryName(path))![^12..]).Order(StringComparer.Ordinal)
        );
        // Twenty steps of three curves, of which each takes some fifty bytes.
        Assert.All(events, path => Assert.True(new FileInfo(path).Length > 20 * 3 * 40, path));
        Assert.DoesNotContain(
            SmallSweep.Logs(folder).SelectMany(log => log.Records<NoteRecord>()),
            note => note.Text.StartsWith("tensorboard", StringComparison.Ordinal)
        );
        var again = Relora.Run(folder, "run", script);
        again.ShouldSucceed();
        Assert.Contains("2 finished before", again.Output + again.Errors, StringComparison.Ordinal);

        Directory.Delete(Path.GetDirectoryName(events[0])!, recursive: true);
        File.WriteAllText(Path.GetDirectoryName(events[0])!, "in the way");
        var hindered = Relora.Run(folder, "run", script, "--fresh", "--tensorboard", "board");
        hindered.ShouldSucceed();
        Assert.Contains("tensorboard: ", hindered.Output + hindered.Errors, StringComparison.Ordinal);
        Assert.Contains("is not written any more", hindered.Output + hindered.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_before_anything_trains()
    {
        File.WriteAllText(folder.File("board"), "");

        ReloraInProcess
            .Run(folder, "run", SmallSweep.Write(folder), "--tensorboard", "board")
            .ShouldBeFault("--tensorboard is 'board'", "Give another");
        Assert.Empty(SmallSweep.Runs(folder).Cells());
    }
}
