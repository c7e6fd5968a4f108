using System.Collections.Concurrent;
using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// Runs a search on this machine: proposes a generation of trials, trains their cells, compares them, and so on. Running again goes
/// through the same decisions from the logs and goes on where they end.
/// </summary>
public sealed class SearchRunner
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly RunsFolder runs;
    private readonly IWorkerLauncher launcher;
    private readonly IRunObserver observer;
    private readonly TimeProvider clock;

    /// <summary>Creates a runner.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="launcher">Starts the workers.</param>
    /// <param name="observer">Sees what happens; each generation is told like a sweep of its own.</param>
    /// <param name="clock">For the search's time ceiling and for polling.</param>
    public SearchRunner(RunsFolder runs, IWorkerLauncher launcher, IRunObserver observer, TimeProvider clock) =>
        (this.runs, this.launcher, this.observer, this.clock) = (runs, launcher, new SerialObserver(observer), clock);

    /// <summary>Searches until trials or budget are used up.</summary>
    /// <param name="plan">The plan of a search.</param>
    /// <param name="provenance">Where the plan came from; kept in <c>sweep.json</c>.</param>
    /// <param name="options">Jobs and threads.</param>
    /// <param name="stop">Stops the run.</param>
    /// <exception cref="UserFaultException">The search is run by another process, or its folder cannot be written.</exception>
    public async Task<SweepResult> RunAsync(
        SweepPlan plan,
        IReadOnlyDictionary<string, string> provenance,
        RunOptions options,
        StopRequest stop
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stop);
        var search = plan?.Search ?? throw new ArgumentException("The plan is of no search.", nameof(plan));
        if (
            options
            is { Only.Count: > 0 }
                or { Fresh: true }
                or { Extend: true }
                or { RetryFailed: true }
                or { SkipFailed: true }
        )
            throw new UserFaultException(
                $"The sweep '{plan.Name}' is a search, whose cells follow from one another; allowed: to run it whole. Leave out --only, "
                    + "--retry-failed, --skip-failed, --fresh and --extend."
            );
        using var held = Lock(plan);
        var sitting = new Sitting(this, plan, search, options, stop);
        while (sitting.Progress.Next() is { Count: > 0 } jobs)
        {
            await sitting.TrainAsync(jobs, provenance).ConfigureAwait(false);
            if (SearchState.Report(jobs, sitting.Figures, sitting.Messages))
                continue;
            sitting.IsOpen = true;
            break;
        }
        return sitting.End(provenance);
    }

    private CellTurn Turn(PlannedCell cell, int index)
    {
        var folder = runs.Cell(cell.Id);
        return new CellTurn(index, cell, folder, CellReport.ReadOrNew(folder));
    }

    private FileLock Lock(SweepPlan plan)
    {
        try
        {
            return FileLock.TryAcquire(runs.Sweep(plan.Name).LockPath, out var holder)
                ?? throw new UserFaultException(
                    $"The search '{plan.Name}' is already being run by process {holder} in {runs.Root}. Wait for it, stop it "
                        + $"(kill {holder}: it saves and ends), or use another folder (--runs). How far it is: relora status {runs.Root}"
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException(
                $"The folder of runs {runs.Root} cannot be written: {e.Message} Choose another by --runs or RELORA_RUNS.",
                e
            );
        }
    }

    /// <summary>One run of a search.</summary>
    private sealed class Sitting
    {
        private readonly SearchRunner runner;
        private readonly SweepPlan plan;
        private readonly PlannedSearch search;
        private readonly RunOptions options;
        private readonly StopRequest stop;
        private readonly long started;
        private readonly (int Jobs, int Threads) load;
        private readonly Dictionary<string, CellResult> results = [];
        private readonly Lock gate = new();

        public Sitting(SearchRunner runner, SweepPlan plan, PlannedSearch search, RunOptions options, StopRequest stop)
        {
            (this.runner, this.plan, this.search, this.options, this.stop) = (runner, plan, search, options, stop);
            Progress = search.Begin();
            Figures = new SearchFigures(search, runner.runs);
            started = runner.clock.GetTimestamp();
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
            runner.observer.SweepStarted(generation, load.Jobs, load.Threads);
            var beginnings = new CellBeginnings(generation, runner.runs, extend: false);
            foreach (var note in beginnings.Notes)
                runner.observer.Noted($"note: {note}");
            var cells = new CellRunner(
                runner.launcher,
                runner.observer,
                stop,
                runner.clock,
                options.HangAfter,
                beginnings
            );
            var places = new ConcurrentQueue<string?>(Enumerable.Range(0, load.Jobs).Select(options.GpuOf));
            await Parallel
                .ForEachAsync(
                    missing.Index(),
                    new ParallelOptions { MaxDegreeOfParallelism = load.Jobs },
                    async (one, _) =>
                    {
                        places.TryDequeue(out var gpu);
                        var turn = runner.Turn(one.Item.Cell, one.Index);
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
                runner.observer.Noted($"{cell.Label} failed and is tried once more: {result.Message}");
                result = await TrainAsync(cells, turn, request, gpu).ConfigureAwait(false);
            }
            if (result.Outcome == CellOutcome.Failed)
                Figures.Failed[cell.Id] = result.Message;
            lock (gate)
                results[cell.Id] = result;
            runner.observer.CellEnded(result);
        }

        private async Task<CellResult> TrainAsync(
            CellRunner cells,
            CellTurn turn,
            ExecutionRequest request,
            string? gpu
        )
        {
            while (true)
            {
                if (Obstacle() is { } reason)
                    return CellRunner.NotStarted(turn, reason);
                if (await cells.RunAsync(turn, request, gpu).ConfigureAwait(false) is { } result)
                    return result;
                // Another process has the cell: of a sweep that shares it.
                await Task.Delay(Pause, runner.clock, CancellationToken.None).ConfigureAwait(false);
            }
        }

        private string? Obstacle()
        {
            lock (gate)
                return stop.Stop.IsCancellationRequested ? "the run was stopped"
                    : options.FailFast && results.Values.Any(one => one.Outcome == CellOutcome.Failed)
                        ? "a cell failed, and --fail-fast is given"
                    : plan.Wall <= runner.clock.GetElapsedTime(started)
                        ? $"the search's time of {plan.Wall} is up; run it again to go on"
                    : null;
        }

        private CellResult Result(PlannedCell cell)
        {
            if (results.TryGetValue(cell.Id, out var result))
                return result;
            var report = CellReport.Read(runner.runs.Cell(cell.Id));
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
            var folder = runner.runs.Sweep(plan.Name);
            (plan with { Cells = state.Cells }).ToFile(provenance).Write(folder.PlanPath);
            state.Write(folder);
            return state;
        }
    }
}
