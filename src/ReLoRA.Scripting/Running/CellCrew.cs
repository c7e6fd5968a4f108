namespace ReLoRA.Scripting.Running;

/// <summary>Trains the cells of a queue, several at once, each in its turn; what another process has comes again later.</summary>
/// <param name="cells">Trains one.</param>
/// <param name="queue">Their turns.</param>
/// <param name="observer">Sees how each ends.</param>
/// <param name="clock">For how long a cell is waited for.</param>
internal sealed class CellCrew(CellRunner cells, CellQueue queue, IRunObserver observer, TimeProvider clock)
{
    /// <summary>Trains them all.</summary>
    /// <param name="count">How many turns there are.</param>
    /// <param name="jobs">Cells trained at once.</param>
    /// <param name="request">How they are to be executed.</param>
    /// <param name="gpuOf">The GPU of a job, from 0; null for all of them.</param>
    /// <param name="mostWait">How long a cell is waited for that another process has. Default: null, until that has ended.</param>
    /// <returns>How they ended, by the places of the turns.</returns>
    public async Task<CellResult[]> TrainAsync(
        int count,
        int jobs,
        ExecutionRequest request,
        Func<int, string?> gpuOf,
        TimeSpan? mostWait = null
    )
    {
        var results = new CellResult[count];
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(job => Task.Run(() => WorkAsync(gpuOf(job)))))
            .ConfigureAwait(false);
        return results;

        async Task WorkAsync(string? gpu)
        {
            while (await queue.NextAsync().ConfigureAwait(false) is { } turn)
            {
                var result = await TakeAsync(turn, request, gpu).ConfigureAwait(false);
                if (result is null && turn.FirstPutBack is { } since && clock.GetElapsedTime(since) > mostWait)
                    result = CellRunner.NotStarted(turn, "another process trains a cell of it");
                if (result is null)
                {
                    queue.PutBack(turn);
                    continue;
                }
                if (result.Outcome == CellOutcome.Failed)
                    queue.ReportFailure(turn.Cell);
                results[turn.Index] = result;
                observer.CellEnded(result);
            }
        }
    }

    private async Task<CellResult?> TakeAsync(CellTurn turn, ExecutionRequest request, string? gpu) =>
        turn.Before.State == CellState.Finished ? new CellResult(turn.Cell, CellOutcome.AlreadyFinished, turn.Before)
        : queue.Reason is { } reason ? CellRunner.NotStarted(turn, reason)
        : await cells.RunAsync(turn, request, gpu).ConfigureAwait(false);
}
