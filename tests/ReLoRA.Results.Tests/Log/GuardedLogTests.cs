using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Log;

public sealed class GuardedLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private bool isReplaced;

    private string Path => folder.File("log.msgpack");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Nothing_is_written_once_the_guard_refuses_not_even_at_the_end()
    {
        var writer = RunLogWriter.Create(Path, Guard);
        writer.Append(new NoteRecord { Text = "before" });
        writer.Flush();
        var written = File.ReadAllBytes(Path);
        isReplaced = true;
        writer.Append(new NoteRecord { Text = "after" });
        Assert.Throws<CellReplacedException>(() => writer.Flush());
        writer.Dispose();
        Assert.Equal(written, File.ReadAllBytes(Path));
    }

    [Fact]
    public void What_a_writer_that_was_cut_off_still_writes_is_not_in_its_successors_log()
    {
        var late = RunLogWriter.Create(Path);
        late.Append(new NoteRecord { Text = "first" });
        late.Flush();
        using (var successor = RunLogWriter.Resume(Path, late.Position, Guard))
        {
            late.Append(new NoteRecord { Text = "too late" });
            late.Flush();
            successor.Append(new NoteRecord { Text = "second" });
        }
        late.Dispose();
        var log = RunLogReader.Read(Path);
        Assert.Empty(log.Damages);
        Assert.Equal(["first", "second"], log.Records<NoteRecord>().Select(note => note.Text));
    }

    [Fact]
    public void A_log_is_not_replaced_by_who_was_cut_off_while_it_was_copied()
    {
        using (var writer = RunLogWriter.Create(Path))
        {
            writer.Append(new NoteRecord { Text = "first" });
            writer.Append(new NoteRecord { Text = "second" });
        }
        var written = File.ReadAllBytes(Path);
        Assert.Throws<CellReplacedException>(() => RunLogWriter.Resume(Path, written.Length, ReplacedMeanwhile));
        Assert.Equal(written, File.ReadAllBytes(Path));
        Assert.Equal([Path], Directory.GetFiles(folder.Path));
    }

    /// <summary>The successor comes while the copy is being written: it lies there whole, and is not yet in the log's place.</summary>
    private void ReplacedMeanwhile()
    {
        isReplaced = Directory.GetFiles(folder.Path).Length > 1;
        Guard();
    }

    private void Guard()
    {
        if (isReplaced)
            throw new CellReplacedException("replaced");
    }
}
