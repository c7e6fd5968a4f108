using System.Globalization;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using Spectre.Console;

namespace ReLoRA.Cli.Commands;

/// <summary>A progress bar for each cell that is being trained, and one for the sweep; what ends is told above them.</summary>
internal sealed class RunBars(IAnsiConsole console, ProgressContext context, RunFiguresColumn figures) : IRunObserver
{
    private readonly Dictionary<string, ProgressTask> bars = [];
    private readonly HashSet<string> told = [];
    private ProgressTask? all;
    private (int Ended, int Failed, int Cells) count;

    public void SweepStarted(SweepPlan plan, int jobs, int threads)
    {
        Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.Name}: {plan.Cells.Count} cells, {plan.Tokens:N0} tokens; {jobs} at a time, threads of each: {threads}"
            )
        );
        foreach (var note in plan.Notes)
            Say($"note: {note}");
        if (all is not null)
            Remove(all);
        count = (0, 0, plan.Cells.Count);
        all = context.AddTask(Markup.Escape(plan.Name), maxValue: Math.Max(1, plan.Cells.Count));
        Summarize();
    }

    public void CellStarted(PlannedCell cell, CellReport before) =>
        Show(cell, before.Step, before.Step > 0 ? "goes on" : "starts");

    public void CellProgressed(PlannedCell cell, CellStatus status)
    {
        if (status.Facts.Length > 0 && told.Add(cell.Id))
            Say($"{cell.Label}: {status.Facts}");
        Show(
            cell,
            status.Step,
            double.IsNaN(status.Loss)
                ? "starts"
                : string.Create(CultureInfo.InvariantCulture, $"loss {status.Loss:F4}, {RunText.Rate(status)}")
        );
    }

    public void CellEnded(CellResult result)
    {
        if (bars.Remove(result.Cell.Id, out var bar))
            Remove(bar);
        var failed = result.Outcome == CellOutcome.Failed;
        count = (count.Ended + 1, count.Failed + (failed ? 1 : 0), count.Cells);
        Say($"{result.Cell.Label}: {RunText.Outcome(result)}", failed ? new Style(Color.Red) : Style.Plain);
        Summarize();
    }

    public void Noted(string message) => Say(message);

    private void Show(PlannedCell cell, long step, string words)
    {
        if (!bars.TryGetValue(cell.Id, out var bar))
            bars[cell.Id] = bar = context.AddTaskBefore(
                Markup.Escape(cell.Label),
                new ProgressTaskSettings { MaxValue = Math.Max(1, cell.Config.Steps) },
                all!
            );
        bar.Value = step;
        figures.Set(bar, words);
    }

    private void Summarize()
    {
        all!.Value = count.Ended;
        figures.Set(
            all,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count.Ended} of {count.Cells} cells{(count.Failed > 0 ? $", {count.Failed} failed" : "")}"
            )
        );
    }

    /// <summary>Above the bars, in whole lines: what is shorter than the bar that stood there would leave a piece of it.</summary>
    private void Say(string text, Style? style = null)
    {
        var width = Math.Max(2, console.Profile.Width) - 1;
        foreach (var line in text.Split('\n').SelectMany(line => line.Chunk(width).DefaultIfEmpty([])))
            console.WriteLine(new string(line).PadRight(width), style ?? Style.Plain);
    }

    private void Remove(ProgressTask bar)
    {
        bar.StopTask();
        context.RemoveTask(bar);
    }
}
