using System.Text.Json;
using System.Text.Json.Serialization;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Running;

/// <summary>How far a search is, gone through again from its cells' logs; the content of <c>search.json</c>, which is for readers only.</summary>
public sealed record SearchState
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    };

    /// <summary>The figure that trials are compared by.</summary>
    public required string Figure { get; init; }

    /// <summary>Why no further trial is made; empty while the search goes on.</summary>
    public required string Ended { get; init; }

    /// <summary>Tokens that trials were given up to where they were compared last, also where one ended before.</summary>
    public required long Tokens { get; init; }

    /// <summary>Steps of a whole trial.</summary>
    public required long Steps { get; init; }

    /// <summary>The trials, best first: those trained furthest, of them those with the best figure.</summary>
    public required IReadOnlyList<SearchedTrial> Trials { get; init; }

    /// <summary>The cells of all trials, in the trials' order.</summary>
    [JsonIgnore]
    public IReadOnlyList<PlannedCell> Cells { get; init; } = [];

    /// <summary>Goes through a search as far as logs tell.</summary>
    /// <param name="search">The search.</param>
    /// <param name="runs">The folder of runs.</param>
    /// <exception cref="LogFormatException">A log is of another version of the format.</exception>
    public static SearchState Of(PlannedSearch search, RunsFolder runs)
    {
        var figures = new SearchFigures(search, runs);
        var progress = search.Begin();
        var messages = new Dictionary<int, string>();
        var isOpen = false;
        while (!isOpen && progress.Next() is { Count: > 0 } jobs)
            isOpen = !Report(jobs, figures, messages);
        return Of(search, progress, figures, messages, isOpen);
    }

    /// <summary>Reports what came of a generation, if it is known of all.</summary>
    internal static bool Report(IReadOnlyList<SearchJob> jobs, SearchFigures figures, Dictionary<int, string> messages)
    {
        var found = jobs.Select(job => (Job: job, Figure: figures.Of(job))).ToList();
        if (found.Any(one => one.Figure is null))
            return false;
        foreach (var (job, figure) in found)
        {
            SearchProgress.Report(job, figure!.Score);
            messages[job.Trial.Number] = figure.Message;
        }
        return true;
    }

    internal static SearchState Of(
        PlannedSearch search,
        SearchProgress progress,
        SearchFigures figures,
        IReadOnlyDictionary<int, string> messages,
        bool isOpen
    ) =>
        new()
        {
            Figure = search.Figure,
            Ended = isOpen ? "" : progress.Drawn ?? "",
            Tokens = progress.Trials.Sum(trial => Compared(search, trial)),
            Steps = search.Steps,
            Cells = [.. progress.Trials.SelectMany(figures.Cells)],
            Trials =
            [
                .. progress
                    .Trials.OrderBy(trial =>
                        trial.Scores.LastOrDefault(double.PositiveInfinity) == double.PositiveInfinity
                    )
                    .ThenByDescending(trial => trial.Scores.Count)
                    .ThenBy(trial => trial.Scores.LastOrDefault(double.PositiveInfinity))
                    .Select(trial => Searched(search, trial, figures, messages)),
            ],
        };

    /// <summary>Replaces the file.</summary>
    /// <param name="folder">The sweep's folder.</param>
    public void Write(SweepFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        AtomicFile.Write(Path.Combine(folder.Path, "search.json"), JsonSerializer.Serialize(this, Options) + "\n");
    }

    private static long Compared(PlannedSearch search, SearchTrial trial) =>
        trial.Scores.Count == 0 ? 0 : search.Rules.Rungs.Tokens(-1, trial.Scores.Count - 1);

    private static SearchedTrial Searched(
        PlannedSearch search,
        SearchTrial trial,
        SearchFigures figures,
        IReadOnlyDictionary<int, string> messages
    )
    {
        var rung = trial.Scores.Count - 1;
        var isWorst = rung >= 0 && double.IsPositiveInfinity(trial.Scores[rung]);
        return new SearchedTrial
        {
            Number = trial.Number,
            Knobs = trial.Point.Knobs().ToDictionary(knob => knob.Key, knob => knob.Value),
            Cells = [.. figures.Cells(trial).Select(cell => cell.Id)],
            State =
                isWorst ? "failed"
                : trial.SentTo > rung ? "open"
                : rung == search.Rules.Rungs.Top ? "finished"
                : "paused",
            Step = rung < 0 ? 0 : search.Rules.Rungs.Steps[rung],
            Figure = rung < 0 || isWorst ? double.NaN : search.Objective.Figure(trial.Scores[rung]),
            Tokens = Compared(search, trial),
            Message = messages.GetValueOrDefault(trial.Number, ""),
        };
    }
}
