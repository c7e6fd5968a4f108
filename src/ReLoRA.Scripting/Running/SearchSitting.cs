using System.Collections.Concurrent;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Running;

/// <summary>One run of a search.</summary>
internal sealed class SearchSitting
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly RunsFolder runs;
    private readonly IRunObserver observer;
    private readonly TimeProvider clock;
    private readonly SweepPlan plan;
    private readonly PlannedSearch search;
    private readonly RunOptions options;
    private readonly StopRequest stop;
    private readonly IWorkerLauncher launcher;
    private readonly long started;
    private readonly (int Jobs, int Threads) load;
    private readonly Dictionary<string, CellResult> results = [];
    private readonly Lock gate = new();

    public SearchSitting(
        SweepPlan plan,
        RunsFolder runs,
        IWorkerLauncher launcher,
        IRunObserver observer,
        RunOptions options,
        StopRequest stop,
        TimeProvider clock
    )
    {
        (this.plan, this.runs, this.launcher, this.observer, this.options, this.stop, this.clock) = (
            plan,
            runs,
            launcher,
            observer,
            options,
            stop,
            clock
        );
        search = plan.Search!;
        Progress = search.Begin();
        Figures = new SearchFigures(search, runs, options.RetryFailed);
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
        var generation = plan with { Search = null, Cells = [.. missing.Select(one => one.Cell)] };
        observer.SweepStarted(generation, load.Jobs, load.Threads);
        var beginnings = new CellBeginnings(generation, runs, extend: false);
        var cells = new CellRunner(
            launcher,
            observer,
            stop,
            clock,
            options.HangAfter,
            beginnings,
            new CellTenure(null, clock)
        );
        var places = new ConcurrentQueue<string?>(Enumerable.Range(0, load.Jobs).Select(options.GpuOf));
        await Parallel
            .ForEachAsync(
                missing.Index(),
                new ParallelOptions { MaxDegreeOfParallelism = load.Jobs },
                async (one, _) =>
                {
                    places.TryDequeue(out var gpu);
                    var turn = CellTurn.Of(one.Index, one.Item.Cell, runs);
                    await TrainAsync(cells, turn, one.Item.Rung, gpu).ConfigureAwait(false);
                    places.Enqueue(gpu);
                }
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

    private async Task TrainAsync(CellRunner cells, CellTurn turn, int rung, string? gpu)
    {
        var cell = turn.Cell;
        var request = ExecutionRequest.Of(options, load.Jobs, load.Threads) with
        {
            PauseAt = rung == search.Rules.Rungs.Top ? 0 : search.Rules.Rungs.Steps[rung],
        };
        var result = await TrainAsync(cells, turn, request, gpu).ConfigureAwait(false);
        // What a machine does to a worker is no property of its knobs; what fails twice is.
        if (result.Outcome == CellOutcome.Failed && Obstacle() is null)
        {
            observer.Noted($"{cell.Label} failed and is tried once more: {result.Message}");
            var again = new CellTurn(turn.Index, cell, turn.Folder, result.Report);
            result = await TrainAsync(cells, again, request, gpu).ConfigureAwait(false);
        }
        if (result.Outcome == CellOutcome.Failed)
            Figures.Failed[cell.Id] = result.Message;
        lock (gate)
            results[cell.Id] = result;
        observer.CellEnded(result);
    }

    private async Task<CellResult> TrainAsync(CellRunner cells, CellTurn turn, ExecutionRequest request, string? gpu)
    {
        while (true)
        {
            if (Obstacle() is { } reason)
                return CellRunner.NotStarted(turn, reason);
            if (await cells.RunAsync(turn, request, gpu).ConfigureAwait(false) is { } result)
                return result;
            // Another process has the cell: of a sweep that shares it.
            await Task.Delay(Pause, clock, CancellationToken.None).ConfigureAwait(false);
        }
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
        (plan with { Cells = state.Cells }).ToFile(provenance).Write(folder.PlanPath);
        state.Write(folder);
        return state;
    }
}
