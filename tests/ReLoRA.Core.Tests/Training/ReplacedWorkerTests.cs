using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class ReplacedWorkerTests : IDisposable
{
    private static readonly CellOwner First = new()
    {
        Job = "17",
        Task = 0,
        Restart = 0,
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_worker_whose_cell_was_taken_over_ends_and_writes_nothing_more()
    {
        var endless = SmallRuns.Config with { Budget = new BudgetConfig { Steps = 1_000_000 } };
        var cell = SmallRuns.Cell(folder, endless);
        First.Write(cell.OwnerPath);
        var worker = Task.Run(
            () => CellWorker.Work(cell, new StopSignal(), TimeProvider.System, owner: First),
            TestContext.Current.CancellationToken
        );
        while (!worker.IsCompleted && !File.Exists(Path.Combine(cell.CheckpointsPath, "step_12", "state.json")))
            await Task.Delay(10, TestContext.Current.CancellationToken);

        (First with { Restart = 1 }).Write(cell.OwnerPath);
        // The successor's first act; the cut-off worker has the old file open.
        var bytes = await File.ReadAllBytesAsync(cell.LogPath, TestContext.Current.CancellationToken);
        AtomicFile.Write(cell.LogPath, bytes);

        await Assert.ThrowsAsync<CellReplacedException>(() => worker);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(cell.LogPath, TestContext.Current.CancellationToken));
        Assert.Equal("running", CellStatus.Read(cell.StatusPath)!.State);
        Assert.False(RunLogReader.Read(cell.LogPath).IsFinished);
    }

    [Fact]
    public void A_worker_that_comes_too_late_begins_nothing()
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.Config);
        (First with { Restart = 2 }).Write(cell.OwnerPath);
        Assert.Throws<CellReplacedException>(() =>
            CellWorker.Work(cell, new StopSignal(), TimeProvider.System, owner: First)
        );
        Assert.False(File.Exists(cell.LogPath));
        Assert.False(File.Exists(cell.HeartbeatPath));
    }
}
