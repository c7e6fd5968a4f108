using ReLoRA.Core;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Runs a plan on this machine, one worker process a cell. Running again goes on; finished cells are not repeated.</summary>
public sealed class SweepRunner
{
    private readonly RunsFolder runs;
    private readonly IWorkerLauncher launcher;
    private readonly IRunObserver observer;
    private readonly TimeProvider clock;

    /// <summary>Creates a runner.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="launcher">Starts the workers.</param>
    /// <param name="observer">Sees what happens.</param>
    /// <param name="clock">For the sweep's time ceiling and for polling.</param>
    public SweepRunner(RunsFolder runs, IWorkerLauncher launcher, IRunObserver observer, TimeProvider clock) =>
        (this.runs, this.launcher, this.observer, this.clock) = (runs, launcher, new SerialObserver(observer), clock);

    /// <summary>Trains every cell that is not finished.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="provenance">Where the plan came from; kept in <c>sweep.json</c>.</param>
    /// <param name="options">Jobs and threads.</param>
    /// <param name="stop">Stops the run.</param>
    /// <exception cref="UserFaultException">
    /// The sweep is run by another process, the folder of runs cannot be written, or the options do not fit the machine.
    /// </exception>
    public async Task<SweepResult> RunAsync(
        SweepPlan plan,
        IReadOnlyDictionary<string, string> provenance,
        RunOptions options,
        StopRequest stop
    )
    {
        using var held = Lock(plan);
        var finished = plan.Cells.ToDictionary(cell => cell.Id, cell => IsFinished(cell));
        var (jobs, threads) = options.Resolve(plan.Cells.Count, Environment.ProcessorCount);
        WritePlan(plan, provenance);
        observer.SweepStarted(plan, jobs, threads);
        foreach (
            var change in plan.Cells.Select(cell => EvaluationChange.Of(cell, runs.Cell(cell.Id))).OfType<string>()
        )
            observer.Noted($"note: {change}");
        var results = new CellResult[plan.Cells.Count];
        var request = ExecutionRequest.Of(options, jobs, threads);
        var queue = new CellQueue(plan, options.FailFast, stop, clock);
        var cells = new CellRunner(launcher, observer, stop, clock);
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => Task.Run(WorkAsync))).ConfigureAwait(false);
        return new SweepResult(plan, results, stop.Stop.IsCancellationRequested);

        async Task WorkAsync()
        {
            while (queue.Next(out var index, out var reason))
            {
                var cell = plan.Cells[index];
                var folder = runs.Cell(cell.Id);
                var result =
                    finished[cell.Id] ? new CellResult(cell, CellOutcome.AlreadyFinished, CellReport.Read(folder))
                    : reason is not null ? CellRunner.NotStarted(cell, folder, reason)
                    : await cells.RunAsync(cell, folder, request).ConfigureAwait(false);
                if (result.Outcome == CellOutcome.Failed)
                    queue.ReportFailure(cell);
                results[index] = result;
                observer.CellEnded(result);
            }
        }
    }

    private bool IsFinished(PlannedCell cell)
    {
        var folder = runs.Cell(cell.Id);
        try
        {
            return CellReport.IsFinished(folder);
        }
        catch (LogFormatException e)
        {
            throw new UserFaultException(
                $"{folder.LogPath}: {e.Message}. Read it with the version that wrote it, or delete {folder.Path} to train the cell again.",
                e
            );
        }
    }

    private FileLock Lock(SweepPlan plan)
    {
        var folder = runs.Sweep(plan.Name);
        try
        {
            return FileLock.TryAcquire(folder.LockPath, out var holder)
                ?? throw new UserFaultException(
                    $"The sweep '{plan.Name}' is already being run by process {holder} in {runs.Root}. Wait for it, stop it "
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

    private void WritePlan(SweepPlan plan, IReadOnlyDictionary<string, string> provenance) =>
        new SweepFile
        {
            Name = plan.Name,
            Cells =
            [
                .. plan.Cells.Select(cell => new SweepCell(
                    cell.Id,
                    cell.Label,
                    cell.Arm,
                    FormattableString.Invariant($"{cell.Config.Seed}"),
                    cell.Baseline
                )),
            ],
            Provenance = provenance,
        }.Write(runs.Sweep(plan.Name).PlanPath);
}
