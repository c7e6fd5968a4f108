using System.Globalization;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Waits until every task of a plan's cells has ended, and tells what changes meanwhile. It follows and ends nothing: the tasks go on without it.</summary>
/// <param name="runs">The folder of runs.</param>
/// <param name="scheduler">The scheduler.</param>
/// <param name="clock">For the time between two looks.</param>
/// <param name="told">Takes a line for each change.</param>
public sealed class SweepWait(RunsFolder runs, IScheduler scheduler, TimeProvider clock, Action<string> told)
{
    private readonly Dictionary<string, string> shown = new(StringComparer.Ordinal);
    private readonly HashSet<string> finished = new(StringComparer.Ordinal);
    private string fault = "";

    /// <summary>Waits.</summary>
    /// <param name="plan">The plan, less what <c>--only</c> leaves out.</param>
    /// <param name="stop">Ends the waiting alone.</param>
    /// <returns>What <c>relora run</c> would return: 0 where all cells are finished, 1 where some are not, 130 where the waiting was ended.</returns>
    /// <exception cref="RunFileException">A job's or a task's file is damaged.</exception>
    public async Task<int> UntilEndedAsync(SweepPlan plan, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                // A scheduler that does not answer takes its time, in which a signal is heeded all the same.
                var cells = await Task.Run(() => Look(plan), stop).WaitAsync(stop).ConfigureAwait(false);
                if (cells.All(cell => cell.Slurm?.IsInHand != true))
                    return End(plan, cells);
                await Task.Delay(QueueWatch.Interval, clock, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            told(
                $"{plan.Name}: no longer waiting. Its tasks go on: relora status shows how far they are, relora cancel ends them."
            );
            return 130;
        }
    }

    /// <summary>The cells that were not finished when they were last looked at, as they are now.</summary>
    private List<SweepStatusCell> Look(SweepPlan plan)
    {
        // A log that ended is never read again: there may be thousands of them.
        var open = plan with
        {
            Cells = [.. plan.Cells.Where(cell => !finished.Contains(cell.Id))],
        };
        var sweep = SweepStatus.Of(open, runs, clock);
        var watch = new QueueWatch(scheduler, clock);
        var joined = SubmittedStatus.Of([sweep], runs, watch, clock)[0];
        TellOfScheduler(joined.Slurm?.Fault ?? "");
        foreach (var cell in joined.Cells)
            Tell(cell);
        finished.UnionWith(joined.Cells.Where(cell => cell.Report.State == CellState.Finished).Select(cell => cell.Id));
        return [.. joined.Cells];
    }

    private void TellOfScheduler(string now)
    {
        if (now == fault)
            return;
        told(
            now.Length > 0
                ? $"The scheduler could not be asked and is tried again: {now}"
                : "The scheduler answers again."
        );
        fault = now;
    }

    private void Tell(SweepStatusCell cell)
    {
        var words = Words(cell);
        if (words.Length == 0 || (shown.TryGetValue(cell.Id, out var before) && before == words))
            return;
        shown[cell.Id] = words;
        told($"{cell.Label} ({cell.Id}): {words}");
    }

    /// <summary>How a cell is, without what changes at every look: steps, and times.</summary>
    private static string Words(SweepStatusCell cell) =>
        cell.Report.State == CellState.Finished
            ? string.Create(CultureInfo.InvariantCulture, $"finished, loss {cell.Report.Loss:F4}")
        : cell.Slurm is not { } place ? ""
        : place.Standing switch
        {
            TaskStanding.Waiting => $"{Name(place)}: {place.Why}",
            TaskStanding.Stuck =>
                $"{Name(place)}: {place.Why}, since {Minute(place.Since)}, and will not begin without help: {place.Remedy}",
            TaskStanding.Running when place.IsSilent =>
                $"{Name(place)} on {place.Node}: its worker gives no sign of life",
            TaskStanding.Running when cell.Report.State == CellState.Failed =>
                $"{Name(place)} on {place.Node}: FAILED: {cell.Report.Message}",
            TaskStanding.Running => $"{Name(place)}: runs on {place.Node}",
            TaskStanding.Unknown => "",
            _ when place.Fault.Length > 0 => $"{Name(place)}: {place.Node} cannot train: {place.Fault}",
            _ when cell.Report.State == CellState.Failed => $"{Name(place)}: FAILED: {cell.Report.Message}",
            _ => $"{Name(place)}: {place.Why}",
        };

    private static string Minute(string moment) =>
        DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            ? string.Create(CultureInfo.InvariantCulture, $"{since.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
            : moment;

    private static string Name(SubmittedCell place) =>
        place.Requeued == 0
            ? $"task {place.Task}"
            : string.Create(CultureInfo.InvariantCulture, $"task {place.Task} (requeued {place.Requeued})");

    private int End(SweepPlan plan, List<SweepStatusCell> last)
    {
        var open = last.Count(cell => cell.Report.State != CellState.Finished);
        told(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.Name}: all tasks have ended; {plan.Cells.Count - open} of {plan.Cells.Count} cells finished{(open == 0 ? "" : ", and relora submit SCRIPT submits what is missing")}. Logs: {runs.CellsPath}"
            )
        );
        return open == 0 ? 0 : 1;
    }
}
