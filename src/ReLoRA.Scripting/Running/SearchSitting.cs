using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Running;

/// <summary>One run of a search.</summary>
internal sealed class SearchSitting
{
    private readonly RunsFolder runs;
    private readonly IRunObserver observer;
    private readonly TimeProvider clock;
    private readonly SweepPlan plan;
    private readonly PlannedSearch search;
    private readonly RunOptions options;
    private readonly StopRequest stop;
    private readonly CellRunner cells;
    private readonly long started;
    private readonly (int Jobs, int Threads) load;
    private readonly Dictionary<string, CellResult> results = [];
    private readonly Lock gate = new();

    public SearchSitting(
        SweepPlan plan,
        RunsFolder runs,
        CellRunner cells,
        IRunObserver observer,
        RunOptions options,
        StopRequest stop,
        TimeProvider clock
    )
    {
        (this.plan, this.runs, this.cells, this.observer, this.options, this.stop, this.clock) = (
            plan,
            runs,
            cells,
            observer,
            options,
            stop,
            clock
        );
        search = plan.Search!;
        Progress = search.Begin();
        Figures = new SearchFigures(search, runs);
        started = clock.GetTimestamp();
        load = options.Resolve(search.Rules.Generation * search.Seeds, Environment.ProcessorCount);
    }

    public SearchProgress Progress { get; }

    public SearchFigures Figures { get; }

    public Dictionary<int, string> Messages { get; } = [];

    public bool IsOpen { get; set; }

    /// <summary>Trains what is missing of a generation.</summary>
    public async Task TrainAsync(IReadOnlyList<SearchJob> jobs, IReadOnlyDictionary<string, string> provenance)
    {
        var missing = jobs.SelectMany(job => Figures.Cells(job.Trial).Select(cell => (Cell: cell, job.Rung)))
            .Where(one => Figures.Of(one.Cell, one.Rung) is null)
            .ToList();
        if (missing.Count == 0)
            return;
        Write(provenance);
        observer.SweepStarted(
            plan with
            {
                Search = null,
                Cells = [.. missing.Select(one => one.Cell)],
            },
            load.Jobs,
            load.Threads
        );
        await Parallel
            .ForEachAsync(
                missing,
                new ParallelOptions { MaxDegreeOfParallelism = load.Jobs },
                async (one, _) => await TrainAsync(one.Cell, one.Rung).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
    }

    /// <summary>The result, with the state as the logs tell it now.</summary>
    public SweepResult End(IReadOnlyDictionary<string, string> provenance)
    {
        var state = Write(provenance);
        return new SweepResult(
            plan with
            {
                Cells = state.Cells,
            },
            [.. state.Cells.Select(Result)],
            stop.Stop.IsCancellationRequested
        )
        {
            Search = state,
        };
    }

    private async Task TrainAsync(PlannedCell cell, int rung)
    {
        var folder = runs.Cell(cell.Id);
        var request = ExecutionRequest.Of(options, load.Jobs, load.Threads) with
        {
            PauseAt = rung == search.Rules.Rungs.Top ? 0 : search.Rules.Rungs.Steps[rung],
        };
        var result = Obstacle() is { } reason
            ? CellRunner.NotStarted(cell, folder, reason)
            : await cells.RunAsync(cell, folder, request).ConfigureAwait(false);
        // What a machine does to a worker is no property of its knobs; what fails twice is.
        if (result.Outcome == CellOutcome.Failed && Obstacle() is null)
        {
            observer.Noted($"{cell.Label} failed and is tried once more: {result.Message}");
            result = await cells.RunAsync(cell, folder, request).ConfigureAwait(false);
        }
        if (result.Outcome == CellOutcome.Failed)
            Figures.Failed[cell.Id] = result.Message;
        lock (gate)
            results[cell.Id] = result;
        observer.CellEnded(result);
    }

    private string? Obstacle()
    {
        lock (gate)
            return stop.Stop.IsCancellationRequested ? "the run was stopped"
                : options.FailFast && results.Values.Any(one => one.Outcome == CellOutcome.Failed)
                    ? "a cell failed, and --fail-fast is given"
                : plan.Wall <= clock.GetElapsedTime(started)
                    ? $"the search's time of {plan.Wall} is up; run it again to go on"
                : null;
    }

    private CellResult Result(PlannedCell cell)
    {
        if (results.TryGetValue(cell.Id, out var result))
            return result;
        var report = CellReport.Read(runs.Cell(cell.Id));
        var outcome = report.State switch
        {
            CellState.Finished => CellOutcome.AlreadyFinished,
            CellState.Paused => CellOutcome.Paused,
            CellState.Failed => CellOutcome.Failed,
            _ => CellOutcome.NotStarted,
        };
        return new CellResult(cell, outcome, report, report.Message);
    }

    private SearchState Write(IReadOnlyDictionary<string, string> provenance)
    {
        var state = SearchState.Of(search, Progress, Figures, Messages, IsOpen);
        var folder = runs.Sweep(plan.Name);
        new SweepFile
        {
            Name = plan.Name,
            Cells =
            [
                .. state.Cells.Select(cell => new SweepCell(
                    cell.Id,
                    cell.Label,
                    cell.Arm,
                    FormattableString.Invariant($"{cell.Config.Seed}"),
                    cell.Baseline
                )),
            ],
            Provenance = provenance,
        }.Write(folder.PlanPath);
        state.Write(folder);
        return state;
    }
}
