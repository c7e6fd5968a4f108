using ReLoRA.Results.Benchmarks;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Benchmarks;

[Trait("Category", "Slow")]
public sealed class LogBenchmarkTests
{
    [Fact]
    public void Every_figure_is_measured_and_the_file_is_gone_afterwards()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log.msgpack");
        var figures = LogBenchmark.Run(path, rounds: 3, count: 500, TimeProvider.System);
        Assert.Equal((3, 500), (figures.Rounds, figures.Records));
        // A step of these values, and the 64th part of a checksum.
        Assert.InRange(figures.BytesPerRecord, 130, 160);
        Assert.All(
            [
                figures.WrittenPerSecond,
                figures.BareWrittenPerSecond,
                figures.ReadPerSecond,
                figures.SkippedPerSecond,
                figures.WrittenToBare,
                figures.ReadToSkipped,
            ],
            figure => Assert.True(double.IsFinite(figure) && figure > 0, $"{figures}")
        );
        Assert.False(File.Exists(path));
    }
}
