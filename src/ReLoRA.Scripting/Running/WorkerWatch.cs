using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Follows a worker to its end: shows its progress, hands on the requests to stop, and ends it where it is hung.</summary>
internal sealed class WorkerWatch(IRunObserver observer, StopRequest stop, TimeProvider clock, TimeSpan? hangAfter)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    // Processes that share a cell watch one another, and know better which is stuck.
    private static readonly TimeSpan TimeForTheOthers = TimeSpan.FromSeconds(20);

    /// <summary>Follows one.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="worker">What was started.</param>
    /// <param name="ranks">The processes that share the cell. Default: 1.</param>
    /// <returns>Its exit code, and whether it was ended since it was hung.</returns>
    public async Task<(int Exit, bool Hung)> FollowAsync(
        PlannedCell cell,
        CellFolder folder,
        IWorkerProcess worker,
        int ranks = 1
    )
    {
        using var stopping = stop.Stop.Register(worker.RequestStop);
        using var killing = stop.Kill.Register(worker.Kill);
        var exit = worker.WaitAsync();
        var life = new HangWatch(folder, hangAfter + Grace(ranks), clock);
        var hung = false;
        CellStatus? last = null;
        while (!exit.IsCompleted)
        {
            await Task.WhenAny(exit, Task.Delay(LookEvery, clock, CancellationToken.None)).ConfigureAwait(false);
            if (!exit.IsCompleted && !hung && life.IsHung())
            {
                hung = true;
                worker.Kill();
            }
            // A status of an earlier worker stands there until the new one has written its own.
            if (StatusOf(folder) is not { } status || status.ProcessId != worker.Id || status == last)
                continue;
            observer.CellProgressed(cell, last = status);
        }
        var code = await exit.ConfigureAwait(false);
        return (code, hung || code == WorkerExit.Stuck);
    }

    private static TimeSpan Grace(int ranks) => ranks > 1 ? TimeForTheOthers : TimeSpan.Zero;

    /// <summary>A cell's status; null where there is none that can be read.</summary>
    public static CellStatus? StatusOf(CellFolder folder)
    {
        try
        {
            return CellStatus.Read(folder.StatusPath);
        }
        catch (RunFileException)
        {
            // The status is for displays only; a damaged one must not end a run, and the worker will replace it.
            return null;
        }
    }
}
