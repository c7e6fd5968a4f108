using System.Globalization;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>
/// What a thousand cells with logs of twenty thousand steps cost in files and bytes. Times would say little on another machine; that each cell
/// costs the same few kilobytes says that ten thousand take ten times as long, and that none of it is a log.
/// </summary>
[Collection(Alone.Collection)]
[Trait("Category", "Slow")]
public sealed class ManyCellsSpecs(ManyCells many) : IClassFixture<ManyCells>
{
    private const int Cells = ManyCells.Count;
    private const int WithLog = Cells * 19 / 20;
    private const int Finished = Cells * 16 / 20;

    [Fact]
    public void Status_opens_each_log_once_and_reads_its_ends()
    {
        var (opened, bytes) = Measure("status", many.Runs.Root, "--json");
        Assert.Equal(WithLog, opened["log.msgpack"]);
        Assert.Equal(WithLog - Finished, opened["status.json"]);
        Assert.Equal(["log.msgpack", "status.json"], opened.Keys.Order());
        Assert.InRange(bytes / Cells, 10_000, 60_000);
    }

    [Fact]
    public void A_plan_opens_each_log_once_and_reads_its_ends()
    {
        string[] options = ["--runs", many.Runs.Root, "--no-calibration", "--yes"];
        var (opened, bytes) = Measure(["plan", ManyCells.Script, .. options, "--", .. ManyCells.Arguments]);
        Assert.Equal(WithLog, opened["log.msgpack"]);
        Assert.Equal(WithLog - Finished, opened["status.json"]);
        Assert.Equal(Finished, opened["cell.json"]);
        Assert.Equal(WithLog + Finished, opened["execution.json"]);
        Assert.Equal(4, opened.Count);
        Assert.InRange(bytes / Cells, 10_000, 80_000);
    }

    /// <summary>The files that were opened in cells' folders, and the bytes that the process read meanwhile.</summary>
    private (IReadOnlyDictionary<string, int> Opened, long Bytes) Measure(params string[] arguments)
    {
        // What is read once, however many cells there are: programs, the script, data.
        ReloraInProcess.Run(many.Folder, arguments).ShouldSucceed();
        using var opened = new OpenedFiles(many.Runs.Cells().Select(cell => cell.Path), many.Folder.Path);
        var before = BytesRead();
        ReloraInProcess.Run(many.Folder, arguments).ShouldSucceed();
        var bytes = BytesRead() - before;
        return (opened.End(), bytes);
    }

    private static long BytesRead() =>
        long.Parse(
            File.ReadLines("/proc/self/io").First(line => line.StartsWith("rchar: ", StringComparison.Ordinal))[7..],
            CultureInfo.InvariantCulture
        );
}
