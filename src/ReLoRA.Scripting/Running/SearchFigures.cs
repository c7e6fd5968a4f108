using System.Collections.Concurrent;
using ReLoRA.Core;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Running;

/// <summary>What came of a search's trials, as their cells' logs tell it.</summary>
/// <param name="search">The search.</param>
/// <param name="runs">The folder of runs.</param>
/// <param name="retryFailed">Whether cells that failed in an earlier run are to be tried again.</param>
internal sealed class SearchFigures(PlannedSearch search, RunsFolder runs, bool retryFailed = false)
{
    private readonly Dictionary<int, (IReadOnlyList<PlannedCell> Cells, string Fault)> known = [];

    /// <summary>Cells that failed in this run, also where the disk did not take that they did.</summary>
    public ConcurrentDictionary<string, string> Failed { get; } = [];

    /// <summary>A trial's cells; none where it cannot be trained.</summary>
    public IReadOnlyList<PlannedCell> Cells(SearchTrial trial) => Known(trial).Cells;

    /// <summary>What came of a job; null where that is not known yet.</summary>
    public TrialFigure? Of(SearchJob job)
    {
        var (cells, fault) = Known(job.Trial);
        if (fault.Length > 0)
            return TrialFigure.Worst(fault);
        var figures = cells.Select(cell => Of(cell, job.Rung)).ToList();
        return figures.FirstOrDefault(figure => figure is { Message.Length: > 0 })
            ?? (figures.Contains(null) ? null : new TrialFigure(figures.Average(figure => figure!.Score), ""));
    }

    /// <summary>What came of one cell; null where that is not known yet.</summary>
    public TrialFigure? Of(PlannedCell cell, int rung)
    {
        var folder = runs.Cell(cell.Id);
        var step = search.Rules.Rungs.Steps[rung];
        if (File.Exists(folder.LogPath) && OfLog(RunLogReader.Read(folder.LogPath), step, cell) is { } figure)
            return figure.Message.Length > 0 || double.IsFinite(figure.Score)
                ? figure
                : TrialFigure.Worst($"{cell.Label}: {search.Figure} is no finite number at step {step}");
        if (Failed.TryGetValue(cell.Id, out var fault))
            return TrialFigure.Worst($"{cell.Label} failed: {fault}");
        var report = CellReport.Read(folder);
        return report.State == CellState.Failed && !retryFailed
            ? TrialFigure.Worst($"{cell.Label} failed: {report.Message}")
            : null;
    }

    private TrialFigure? OfLog(RunLog log, long step, PlannedCell cell)
    {
        var end = log.IsFinished ? log.Records<EndRecord>().Last() : null;
        if (end is { Outcome: "diverged" } && end.Step <= step)
            return TrialFigure.Worst($"{cell.Label} diverged at step {end.Step}");
        // A run with a budget of hours may have ended before, evaluated there.
        var at = end is null ? step : Math.Min(step, end.Step);
        if (end is null && step == search.Steps)
            return null;
        if (search.Objective.At(log, at) is { } score)
            return new TrialFigure(score, "");
        if (end is null)
            return null;
        var reason = log.Damages is [var damage, ..] ? $"'s log is damaged, {damage}" : " was evaluated otherwise";
        return TrialFigure.Worst(
            $"{cell.Label} ({cell.Id}){reason}: its log has no {search.Figure} at step {at}. Delete its folder to train it anew"
        );
    }

    private (IReadOnlyList<PlannedCell> Cells, string Fault) Known(SearchTrial trial)
    {
        if (known.TryGetValue(trial.Number, out var found))
            return found;
        try
        {
            return known[trial.Number] = (search.Cells(trial), "");
        }
        catch (UserFaultException e)
        {
            // Samples were looked at when the search was planned; what slips through costs one trial, not the search.
            return known[trial.Number] = ([], e.Message);
        }
    }
}
