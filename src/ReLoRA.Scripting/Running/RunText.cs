using System.Globalization;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>The words by which runs are told, on terminals and in lines alike.</summary>
public static class RunText
{
    private const int StepsToEstimate = 20;
    private const int SecondsWorthTelling = 60;

    /// <summary>How a cell's turn ended, for example <c>finished, loss 5.3210</c>.</summary>
    /// <param name="result">The result.</param>
    public static string Outcome(CellResult result) =>
        result.Outcome switch
        {
            CellOutcome.Finished => $"finished, loss {Loss(result.Report)}",
            CellOutcome.AlreadyFinished => $"was finished already, loss {Loss(result.Report)}",
            CellOutcome.FinishedElsewhere => $"finished by another run, loss {Loss(result.Report)}",
            CellOutcome.Stopped => string.Create(
                CultureInfo.InvariantCulture,
                $"stopped at step {result.Report.Step} of {result.Cell.Config.Steps}; run the sweep again to go on"
            ),
            CellOutcome.Paused => string.Create(
                CultureInfo.InvariantCulture,
                $"paused at step {result.Report.Step} of {result.Cell.Config.Steps}"
            ),
            CellOutcome.Failed => $"FAILED: {result.Message}",
            _ => $"not started: {result.Message}",
        };

    /// <summary>Tokens a second and the time left, as far as they are known.</summary>
    /// <param name="status">The status.</param>
    public static string Rate(CellStatus status)
    {
        var rate = string.Create(CultureInfo.InvariantCulture, $"{status.TokensPerSecond:N0} tokens/s");
        return double.IsFinite(status.TokensPerSecond)
            ? double.IsFinite(status.SecondsLeft)
                ? $"{rate}, {Duration(status.SecondsLeft)} left"
                : rate
            : "rate not known yet";
    }

    /// <summary>Whether the time left is known well enough to be told, and long enough to be worth it.</summary>
    /// <param name="status">The status.</param>
    public static bool IsFirstEstimate(CellStatus status) =>
        status.StepsOfSitting >= StepsToEstimate && status.SecondsLeft >= SecondsWorthTelling;

    /// <summary>The end of a run, one sentence a line.</summary>
    /// <param name="result">The run.</param>
    /// <param name="runsRoot">Where the logs lie.</param>
    public static string Summary(SweepResult result, string runsRoot)
    {
        var counts = new (CellOutcome Outcome, string Words)[]
        {
            (CellOutcome.Finished, "finished"),
            (CellOutcome.AlreadyFinished, "finished before"),
            (CellOutcome.FinishedElsewhere, "finished by another run"),
            (CellOutcome.Stopped, "stopped"),
            (CellOutcome.Paused, "paused"),
            (CellOutcome.Failed, "failed"),
            (CellOutcome.NotStarted, "not started"),
        };
        var parts = counts
            .Where(count => result.Count(count.Outcome) > 0)
            .Select(count => $"{result.Count(count.Outcome)} {count.Words}");
        var lines = new List<string>
        {
            $"{result.Plan.Name}: {(result.Cells.Count == 0 ? "no cell to train" : string.Join(", ", parts))}. Logs: {Path.Combine(runsRoot, "cells")}",
        };
        if (Probing(result) is { } probing)
            lines.Add(probing);
        lines.AddRange(
            result
                .Cells.Where(cell => cell.Outcome == CellOutcome.NotStarted)
                .Select(cell => cell.Message)
                .Distinct()
                .Select(reason => $"Not started: {reason}.")
        );
        lines.AddRange(result.Failures.Select(cell => $"{cell.Cell.Label} ({cell.Cell.Id}): {Outcome(cell)}"));
        return string.Join('\n', lines);
    }

    /// <summary>What probes cost; null where nothing was measured.</summary>
    private static string? Probing(SweepResult result)
    {
        var reports = result.Cells.Select(cell => cell.Report).ToList();
        var (probing, training) = (
            reports.Sum(report => report.ProbingSeconds),
            reports.Sum(report => report.TrainingSeconds)
        );
        return probing > 0 && result.Cells.Any(cell => cell.Cell.Config.Probes.Count > 0)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Probes took {probing:0.0} s beside {training:0.0} s of training: {probing / training:0.0%}."
            )
            : null;
    }

    /// <summary>A time in the two largest units that it has.</summary>
    /// <param name="seconds">The time.</param>
    public static string Duration(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
        return time switch
        {
            { TotalDays: >= 1 } => $"{(int)time.TotalDays} d {time.Hours} h",
            { TotalHours: >= 1 } => $"{time.Hours} h {time.Minutes} min",
            { TotalMinutes: >= 1 } => $"{time.Minutes} min {time.Seconds} s",
            _ => $"{time.Seconds} s",
        };
    }

    private static string Loss(CellReport report) => report.Loss.ToString("F4", CultureInfo.InvariantCulture);
}
