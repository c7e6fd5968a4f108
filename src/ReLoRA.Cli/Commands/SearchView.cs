using System.Globalization;
using ReLoRA.Analysis;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>A search: its plan, and its trials with what came of them.</summary>
internal static class SearchView
{
    private const int MostShown = 20;

    public static string Plan(SweepPlan plan, PlannedSearch search, RunsFolder runs)
    {
        var state = Made(search, runs);
        var lines = new List<string> { $"{plan.Name}: a search", $"  {search.Method}" };
        lines.AddRange(search.Axes.Select(axis => $"  {axis}"));
        if (search.Halving.Length > 0)
            lines.Add($"  {search.Halving}");
        lines.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  At most {search.Tokens:N0} tokens, {search.TrialTokens:N0} of one trial; {state.Tokens:N0} are given to {state.Trials.Count} trials in {runs.Root}."
            )
        );
        if (plan.Wall is { } wall)
            lines.Add($"  No further cell starts once a run has taken {wall}.");
        var text = string.Join('\n', lines) + "\n";
        return state.Trials.Count == 0 ? text : $"{text}\n{TableText.Render(Trials(plan.Name, state), 0)}";
    }

    /// <summary>The trials, best first.</summary>
    public static Table Trials(string name, SearchState state)
    {
        string[] columns = ["trial", "knobs", state.Figure, "state", "tokens", "cells"];
        var rows = state
            .Trials.Take(MostShown)
            .Select(trial =>
                new[]
                {
                    string.Create(CultureInfo.InvariantCulture, $"#{trial.Number}"),
                    string.Join(' ', trial.Knobs.Select(knob => $"{knob.Key}={knob.Value}")),
                    double.IsNaN(trial.Figure) ? "-" : trial.Figure.ToString("F4", CultureInfo.InvariantCulture),
                    State(trial, state),
                    trial.Tokens.ToString("N0", CultureInfo.InvariantCulture),
                    string.Join(' ', trial.Cells),
                }
            );
        return new Table($"{name}: trials, best first", columns, [.. rows], [.. Notes(state)]);
    }

    public static object ForJson(PlannedSearch search, RunsFolder runs)
    {
        var state = Made(search, runs);
        return new
        {
            search.Method,
            search.Axes,
            search.Halving,
            search.Tokens,
            search.TrialTokens,
            Given = state.Tokens,
            state.Ended,
            state.Trials,
        };
    }

    /// <summary>Without the trials that come next and are not begun.</summary>
    private static SearchState Made(PlannedSearch search, RunsFolder runs)
    {
        var state = SearchState.Of(search, runs);
        return state with { Trials = [.. state.Trials.Where(trial => trial.Step > 0)] };
    }

    private static IEnumerable<string> Notes(SearchState state)
    {
        if (state.Trials.FirstOrDefault(trial => trial.State == "finished") is { } best)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Best: #{best.Number} {string.Join(' ', best.Knobs.Select(knob => $"{knob.Key}={knob.Value}"))}, {state.Figure} {best.Figure:F4}."
            );
        var ended = state.Ended.Length == 0 ? "it goes on when it is run again" : state.Ended;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{state.Trials.Count} trials, {state.Tokens:N0} tokens; {ended}."
        );
        if (state.Trials.Count > MostShown)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{state.Trials.Count - MostShown} more are in search.json."
            );
        foreach (var trial in state.Trials.Where(trial => trial.Message.Length > 0))
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"#{trial.Number} counts as the worst: {trial.Message}"
            );
    }

    private static string State(SearchedTrial trial, SearchState state) =>
        trial.State == "paused"
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"paused at step {trial.Step} of {state.Steps} (not promoted)"
            )
            : trial.State;
}
