using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Cells that start from what another cell trained, against the same cells trained by themselves.</summary>
[Trait("Category", "Slow")]
public sealed class BeginningSpecs : IDisposable
{
    private const string Horizon = "start = start with { Schedule = start.Schedule with { HorizonSteps = 200 } };";

    private const string WarmStart = "start = start with { LowRank = start.LowRank with { WarmStartSteps = 25 } };";

    private static readonly string[] OneCell = ["--jobs", "1", "--threads", "1"];

    private readonly TemporaryFolder shared = new();
    private readonly TemporaryFolder straight = new();

    public void Dispose()
    {
        shared.Dispose();
        straight.Dispose();
    }

    [Fact]
    public void I_can_extend_finished_cells_to_a_larger_budget()
    {
        Relora.Run(shared, ["run", SmallSweep.Write(shared, Horizon, steps: 45), .. OneCell]).ShouldSucceed();
        var result = Relora.Run(shared, ["run", SmallSweep.Write(shared, Horizon, steps: 70), .. OneCell, "--extend"]);
        result.ShouldSucceed();
        // A reset falls on step 45, where the shorter run ended without it.
        Assert.Contains("40 of 70 steps are not trained again.", result.Errors, StringComparison.Ordinal);
        Assert.Contains("45 of 70 steps are not trained again.", result.Errors, StringComparison.Ordinal);
        Relora.Run(straight, ["run", SmallSweep.Write(straight, Horizon, steps: 70), .. OneCell]).ShouldSucceed();

        AssertSame(70);
    }

    [Fact]
    public void Where_the_schedule_depends_on_the_length_the_cell_is_trained_anew_and_I_am_told_why()
    {
        Relora.Run(shared, ["run", SmallSweep.Write(shared, steps: 20), .. OneCell]).ShouldSucceed();

        var result = Relora.Run(shared, ["run", SmallSweep.Write(shared, steps: 30), .. OneCell, "--extend"]);

        result.ShouldSucceed();
        Assert.Contains(
            "and is trained anew: the schedule depends on the length, and differs from update 7 on: where Schedule.HorizonSteps is the same in both, it does not.",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(SmallSweep.Logs(shared).SelectMany(log => log.Records<NoteRecord>()), IsShared);
    }

    [Fact]
    public void A_warm_start_that_cells_share_is_trained_once()
    {
        const string ranks = ".Grid(c => c.LowRank.Rank, 2, 4, 8)";
        var result = Relora.Run(
            shared,
            ["run", SmallSweep.Write(shared, WarmStart, calls: ranks), "--jobs", "2", "--threads", "1"]
        );
        result.ShouldSucceed();
        Assert.Contains(
            "note: 3 cells share 1 warm starts, each of which is trained once: 48 steps less.",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Equal(2, SmallSweep.Logs(shared).SelectMany(log => log.Records<NoteRecord>()).Count(IsShared));
        // One by one they have nothing to share.
        var alone = SmallSweep.Write(straight, WarmStart, calls: ranks);
        foreach (var rank in (string[])["2", "4", "8"])
            Relora.Run(straight, ["run", alone, .. OneCell, "--only", $"*Rank={rank}*"]).ShouldSucceed();
        Assert.False(Directory.Exists(straight.File("runs", "warm-starts")));

        AssertSame(SmallSweep.Steps);
    }

    private static bool IsShared(NoteRecord note) => note.Text.StartsWith("begun at step", StringComparison.Ordinal);

    private void AssertSame(int steps)
    {
        foreach (var one in SmallSweep.Runs(straight).Cells())
        {
            var other = SmallSweep.Runs(shared).Cell(one.Id);
            Assert.Equal(LogText.Comparable(one.LogPath), LogText.Comparable(other.LogPath));
            foreach (var file in (string[])["model.safetensors", "optimizer.safetensors"])
                Assert.Equal(
                    File.ReadAllBytes(Path.Combine(one.CheckpointsPath, $"step_{steps}", file)),
                    File.ReadAllBytes(Path.Combine(other.CheckpointsPath, $"step_{steps}", file))
                );
        }
    }
}
