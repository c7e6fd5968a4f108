namespace ReLoRA.Scripting.Slurm;

/// <summary>
/// Asks a scheduler again and again, but seldom: sites throw out who asks every second. One that takes long is not waited for where a screen
/// would stand still meanwhile.
/// </summary>
/// <param name="scheduler">The scheduler.</param>
/// <param name="clock">For the time between two questions.</param>
/// <param name="patience">How long a look waits for the answer at most; the last one is good enough then. As long as it takes where null.</param>
public sealed class QueueWatch(IScheduler scheduler, TimeProvider clock, TimeSpan? patience = null)
{
    /// <summary>Between two questions, at least.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private QueueState last = QueueState.Silent("It has not answered yet.");
    private Task<QueueState>? asking;
    private long? asked;

    /// <summary>What the scheduler says, or said a moment ago.</summary>
    /// <param name="jobs">Ids of array jobs; where there are none it is not asked.</param>
    public QueueState Look(IReadOnlyCollection<string> jobs)
    {
        if (jobs.Count == 0)
            return QueueState.Empty;
        if (asking is null && (asked is not { } before || clock.GetElapsedTime(before) >= Interval))
        {
            asked = clock.GetTimestamp();
            asking = Task.Run(() => QueueState.Ask(scheduler, jobs));
        }
        if (asking is { } question && (patience is { } limit ? question.Wait(limit) : Whole(question)))
            (last, asking, asked) = (question.Result, null, clock.GetTimestamp());
        return last;
    }

    private static bool Whole(Task question)
    {
        question.Wait();
        return true;
    }
}
