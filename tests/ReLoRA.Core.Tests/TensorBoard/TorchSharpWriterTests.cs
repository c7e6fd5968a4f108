using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.TensorBoard;

/// <summary>
/// Why events are not written by TorchSharp's own writer, whose messages and framing are used. When one of these fails, see whether it can
/// be.
/// </summary>
public sealed class TorchSharpWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Our_reader_reads_what_it_writes()
    {
        var path = Written(0);

        Assert.Equal([(7L, 1.5f)], EventReader.Curve(path, "a"));
        Assert.Equal("brain.Event:2", EventReader.Read(path)[0].FileVersion);
    }

    [Fact]
    public void It_gives_the_file_another_name_each_time_so_that_a_resumed_run_would_have_its_points_twice() =>
        Assert.NotEqual(Path.GetFileName(Written(0)), Path.GetFileName(Written(0)));

    [Fact]
    public void It_begins_with_a_time_that_is_none()
    {
        const int Time = 1_800_000_063;

        var events = EventReader.Read(Written(Time));

        Assert.Equal(Time, events[1].WallTime);
        // Ticks since the year 1, where TensorBoard wants seconds since 1970.
        Assert.True(events[0].WallTime > 1e17, $"{events[0].WallTime}");
    }

    private string Written(long time)
    {
        var target = folder.File($"{Directory.GetDirectories(folder.Path).Length}");
        TorchSharp.torch.utils.tensorboard.SummaryWriter(target).add_scalar("a", 1.5f, 7, time);
        return Directory.GetFiles(target).Single();
    }
}
