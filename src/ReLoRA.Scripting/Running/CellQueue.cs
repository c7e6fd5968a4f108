using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Hands a plan's cells out in order, and knows when no further one may start.</summary>
internal sealed class CellQueue(SweepPlan plan, bool failFast, StopRequest stop, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly long started = clock.GetTimestamp();
    private PlannedCell? failed;
    private int next;

    /// <summary>The next cell.</summary>
    /// <param name="index">Its place in the plan.</param>
    /// <param name="reason">Why it may not start; null where it may.</param>
    public bool Next(out int index, out string? reason)
    {
        lock (gate)
        {
            index = next++;
            reason =
                stop.Stop.IsCancellationRequested ? "the run was stopped"
                : failFast && failed is not null ? $"{failed.Label} failed, and --fail-fast is given"
                : plan.Wall <= clock.GetElapsedTime(started)
                    ? $"the sweep's time of {plan.Wall} is up; run it again to go on"
                : null;
            return index < plan.Cells.Count;
        }
    }

    public void ReportFailure(PlannedCell cell)
    {
        lock (gate)
            failed ??= cell;
    }
}
