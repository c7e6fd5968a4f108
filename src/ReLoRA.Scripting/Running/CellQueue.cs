using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// Hands a plan's cells out in order, and knows when no further one may start. A cell that another process has is put back, and comes again
/// after those that are free.
/// </summary>
internal sealed class CellQueue(
    IEnumerable<CellTurn> turns,
    TimeSpan? wall,
    bool failFast,
    StopRequest stop,
    TimeProvider clock
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly Queue<CellTurn> fresh = new(turns);
    private readonly Queue<CellTurn> taken = new();
    private readonly long started = clock.GetTimestamp();
    private PlannedCell? failed;

    /// <summary>Why no cell may start any more; null where one may.</summary>
    public string? Reason
    {
        get
        {
            lock (gate)
                return stop.Stop.IsCancellationRequested ? "the run was stopped"
                    : failFast && failed is not null ? $"{failed.Label} failed, and --fail-fast is given"
                    : wall <= clock.GetElapsedTime(started) ? $"the sweep's time of {wall} is up; run it again to go on"
                    : null;
        }
    }

    /// <summary>The next cell; null where none is left.</summary>
    public async Task<CellTurn?> NextAsync()
    {
        CellTurn? turn;
        lock (gate)
            if (!fresh.TryDequeue(out turn))
                taken.TryDequeue(out turn);
        if (turn?.PutBack is { } since && Pause - clock.GetElapsedTime(since) is { Ticks: > 0 } left)
            await PauseAsync(left).ConfigureAwait(false);
        return turn;
    }

    /// <summary>Lets a cell come again later.</summary>
    public void PutBack(CellTurn turn)
    {
        turn.PutBack = clock.GetTimestamp();
        turn.FirstPutBack ??= turn.PutBack;
        lock (gate)
            taken.Enqueue(turn);
    }

    public void ReportFailure(PlannedCell cell)
    {
        lock (gate)
            failed ??= cell;
    }

    private async Task PauseAsync(TimeSpan left)
    {
        try
        {
            await Task.Delay(left, clock, stop.Stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A run that is stopped waits for no other.
        }
    }
}
