using System.Globalization;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Tells a run as one line an event, for output that is no terminal: starts, every tenth of a cell, ends, failures.</summary>
/// <param name="output">Where the lines go.</param>
public sealed class LineObserver(TextWriter output) : IRunObserver
{
    private readonly Dictionary<string, long> tenths = [];
    private readonly HashSet<string> told = [];
    private readonly HashSet<string> timed = [];
    private int cells;
    private int ended;

    /// <inheritdoc/>
    public void SweepStarted(SweepPlan plan, int jobs, int threads)
    {
        (cells, ended) = (plan.Cells.Count, 0);
        Write(
            $"{plan.Name}: {plan.Cells.Count} cells, {plan.Tokens:N0} tokens; {jobs} at a time, threads of each: {threads}"
        );
        foreach (var note in plan.Notes)
            Write($"note: {note}");
    }

    /// <inheritdoc/>
    public void CellStarted(PlannedCell cell, CellReport before)
    {
        var from =
            before.Step > 0
                ? $"goes on from its last checkpoint, was at step {before.Step} of {cell.Config.Steps}"
                : "started";
        Write($"{cell.Label} ({cell.Id}): {from}");
    }

    /// <inheritdoc/>
    public void CellProgressed(PlannedCell cell, CellStatus status)
    {
        if (status.Facts.Length > 0 && told.Add(cell.Id))
            Write($"{cell.Label}: {status.Facts}");
        if (RunText.IsFirstEstimate(status) && timed.Add(cell.Id))
            Write($"{cell.Label}: step {status.Step} of {status.Steps}, {RunText.Rate(status)}");
        var tenth = status.Steps > 0 ? 10 * status.Step / status.Steps : 0;
        // The last tenth is the end, which has a line of its own.
        if (!double.IsFinite(status.TokensPerSecond) || tenth is 0 or 10 || tenths.GetValueOrDefault(cell.Id) >= tenth)
            return;
        tenths[cell.Id] = tenth;
        Write($"{cell.Label}: step {status.Step} of {status.Steps}, loss {status.Loss:F4}, {RunText.Rate(status)}");
    }

    /// <inheritdoc/>
    public void CellEnded(CellResult result)
    {
        ended++;
        Write($"[{ended}/{cells}] {result.Cell.Label}: {RunText.Outcome(result)}");
    }

    /// <inheritdoc/>
    public void Noted(string message) => Write(message);

    private void Write(FormattableString text) => Write(text.ToString(CultureInfo.InvariantCulture));

    private void Write(string text)
    {
        output.WriteLine(text);
        output.Flush();
    }
}
