using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Cleaning;
using ReLoRA.Scripting.Tests.Running;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Cleaning;

public sealed class CheckpointCleanerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private RunsFolder Runs => new(folder.File("runs"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_the_sweep_keeps_for_good_stays_beside_the_last()
    {
        var config = Presets.Nano with { Checkpoint = new() { KeepEvery = 20 } };
        Finish(ConfigJson.Write(config), 10, 20, 30, 40, 45);

        var freed = Assert.Single(Clean());

        Assert.Equal([30, 10], freed.Steps);
        Assert.Equal(["step_20", "step_40", "step_45"], Left());
    }

    [Fact]
    public void Where_it_cannot_be_read_what_to_keep_everything_stays_and_that_is_told()
    {
        Finish("{ \"of\": \"another version\" }", 10, 20);

        var freed = Assert.Single(Clean());

        Assert.Empty(freed.Steps);
        Assert.Contains("of is not a knob of this version", Assert.Single(freed.Kept), StringComparison.Ordinal);
        Assert.Equal(["step_10", "step_20"], Left());
    }

    [Fact]
    public void A_finished_cell_whose_log_lost_records_keeps_its_checkpoints_and_that_is_told()
    {
        Finish("{}", 10, 20);
        DamagedLogs.DamageTheBeginning(Runs.Cell("1").LogPath);

        var freed = Assert.Single(Clean());

        Assert.Empty(freed.Steps);
        Assert.StartsWith("its log is damaged, bytes 0 to ", Assert.Single(freed.Kept), StringComparison.Ordinal);
        Assert.Equal(["step_10", "step_20"], Left());
    }

    private IReadOnlyList<FreedCell> Clean() => new CheckpointCleaner(Runs, all: false, dry: false).Clean(["1"]);

    private List<string> Left() =>
        [
            .. Directory
                .GetDirectories(Runs.Cell("1").CheckpointsPath)
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
        ];

    private void Finish(string config, params int[] checkpoints)
    {
        var cell = Runs.Cell("1");
        AtomicFile.Write(cell.ConfigPath, config);
        foreach (var step in checkpoints)
            Directory.CreateDirectory(Path.Combine(cell.CheckpointsPath, $"step_{step}"));
        using var log = RunLogWriter.Create(cell.LogPath);
        log.Append(Records.Run());
        log.Append(
            new EndRecord
            {
                Step = 45,
                Tokens = 45,
                Outcome = "finished",
                Loss = 5,
            }
        );
    }
}
