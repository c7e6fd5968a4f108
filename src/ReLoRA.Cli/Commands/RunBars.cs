using System.Globalization;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using Spectre.Console;

namespace ReLoRA.Cli.Commands;

/// <summary>One progress bar a cell.</summary>
internal sealed class RunBars(IAnsiConsole console, ProgressContext context, RunFiguresColumn figures) : IRunObserver
{
    private readonly Dictionary<string, ProgressTask> bars = [];
    private readonly HashSet<string> told = [];

    public void SweepStarted(SweepPlan plan, int jobs, int threads)
    {
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.Name}: {plan.Cells.Count} cells, {plan.Tokens:N0} tokens; {jobs} at a time, threads of each: {threads}"
            )
        );
        foreach (var note in plan.Notes)
            console.WriteLine($"note: {note}");
        foreach (var cell in plan.Cells)
        {
            bars[cell.Id] = context.AddTask(Markup.Escape(cell.Label), autoStart: false, maxValue: cell.Config.Steps);
            figures.Set(bars[cell.Id], "waiting");
        }
    }

    public void CellStarted(PlannedCell cell, CellReport before)
    {
        bars[cell.Id].StartTask();
        Show(cell, before.Step, before.Step > 0 ? "goes on" : "starts");
    }

    public void CellProgressed(PlannedCell cell, CellStatus status)
    {
        if (status.Facts.Length > 0 && told.Add(cell.Id))
            console.WriteLine($"{cell.Label}: {status.Facts}");
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
        Show(
            result.Cell,
            result.Report.Step,
            result.Outcome == CellOutcome.Failed ? "FAILED" : RunText.Outcome(result)
        );
        bars[result.Cell.Id].StopTask();
        if (result.Outcome == CellOutcome.Failed)
            console.WriteLine($"{result.Cell.Label}: {RunText.Outcome(result)}", new Style(Color.Red));
    }

    public void Noted(string message) => console.WriteLine(message);

    private void Show(PlannedCell cell, long step, string words)
    {
        bars[cell.Id].Value = step;
        figures.Set(bars[cell.Id], words);
    }
}
