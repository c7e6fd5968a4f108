using ReLoRA.Analysis;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Log;

/// <summary>Frames are made of whatever the reader makes of a damaged log, with every cell told.</summary>
public sealed class MutatedFramesTests
{
    private const int Logs = 2_000;

    [Fact]
    public void Two_thousand_damaged_logs_are_frames_with_every_cell_and_its_problems()
    {
        using var folder = new TemporaryFolder();
        var mutations = new LogMutations(seed: 4);
        var runs = new RunsFolder(folder.Path);
        for (var i = 0; i < Logs; i++)
        {
            var cell = runs.Cell($"{i:0000}");
            Directory.CreateDirectory(cell.Path);
            File.WriteAllBytes(cell.LogPath, i % 2 == 0 ? mutations.Draw() : mutations.DrawUnproven());
        }
        var frames = Frames.OfRuns(folder.Path);
        Assert.Equal(Logs, frames.Cells.Length);
        var told = frames.Problems.Select(problem => problem.Cell).ToHashSet();
        var silent = frames.Cells.Where(cell => cell.Damage.Length > 0 && !told.Contains(cell.Cell));
        Assert.Empty(silent);
        // Each way to end is among them, so that nothing above was checked of nothing.
        Assert.All(
            ["finished", "unfinished", "unreadable"],
            state => Assert.InRange(frames.Cells.Count(cell => cell.State == state), 20, Logs - 1)
        );
    }
}
