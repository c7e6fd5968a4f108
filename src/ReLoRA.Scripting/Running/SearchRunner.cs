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
        private readonly CellRunner cells;
        private readonly long started;
        private readonly (int Jobs, int Threads) load;
        private readonly Dictionary<string, CellResult> results = [];
        private readonly Lock gate = new();

        public Sitting(SearchRunner runner, SweepPlan plan, PlannedSearch search, RunOptions options, StopRequest stop)
        {
            (this.runner, this.plan, this.search, this.options, this.stop) = (runner, plan, search, options, stop);
            Progress = search.Begin();
            Figures = new SearchFigures(search, runner.runs);
            cells = new CellRunner(runner.launcher, runner.observer, stop, runner.clock);
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
            runner.observer.SweepStarted(
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
            var folder = runner.runs.Cell(cell.Id);
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
                runner.observer.Noted($"{cell.Label} failed and is tried once more: {result.Message}");
                result = await cells.RunAsync(cell, folder, request).ConfigureAwait(false);
            }
            if (result.Outcome == CellOutcome.Failed)
                Figures.Failed[cell.Id] = result.Message;
            lock (gate)
                results[cell.Id] = result;
            runner.observer.CellEnded(result);
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
}
