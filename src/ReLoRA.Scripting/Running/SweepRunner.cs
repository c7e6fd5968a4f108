using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// Runs a plan on this machine, one worker process a cell. Running again goes on; finished cells are not repeated; runs of one sweep at the
/// same time share its cells.
/// </summary>
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

    /// <summary>Trains every cell that is not finished, less those that the options leave out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="provenance">Where the plan came from; kept in <c>sweep.json</c>.</param>
    /// <param name="options">Jobs, threads and which cells.</param>
    /// <param name="stop">Stops the run.</param>
    /// <returns>How it ended, for the cells that it was about.</returns>
    /// <exception cref="UserFaultException">
    /// Another process runs another plan of that name, a cell that is to be copied afresh is being trained, the folder of runs cannot be
    /// written, or the options do not fit the machine.
    /// </exception>
    public async Task<SweepResult> RunAsync(
        SweepPlan plan,
        IReadOnlyDictionary<string, string> provenance,
        RunOptions options,
        StopRequest stop
    )
    {
        var file = plan.ToFile(provenance);
        var ends = new CellEnds();
        if (!options.Fresh)
            ReadableCells.Require(plan, runs, ends);
        using var running = RunningSweep.Join(runs, file, clock);
        var shared = SharedCells.Of(running.Before, file, runs).ToList();
        var (chosen, choice) = CellSelection.Of(plan, options, runs);
        var (jobs, threads) = options.Resolve(chosen.Cells.Count, Environment.ProcessorCount);
        var moved = options.Fresh ? MoveAside(chosen, running) : [];
        var beginnings = new CellBeginnings(chosen, runs, options.Extend);
        var turns = chosen.Cells.Select((cell, i) => CellTurn.Of(i, cell, runs)).ToList();
        observer.SweepStarted(chosen, jobs, threads);
        if (running.Others.Count > 0)
            observer.Noted($"note: shared with process {string.Join(", ", running.Others)}, which runs the same plan.");
        var changes = AtOnce.Select(chosen.Cells, cell => EvaluationChange.Of(cell, runs.Cell(cell.Id), ends));
        foreach (
            var note in changes
                .Prepend(SweepChange.Of(running.Before, file, runs))
                .OfType<string>()
                .Concat(shared)
                .Concat(choice)
                .Concat(moved)
                .Concat(beginnings.Notes)
        )
            observer.Noted($"note: {note}");
        var request = ExecutionRequest.Of(options, jobs, threads);
        var queue = new CellQueue(turns, plan.Wall, options.FailFast, stop, clock);
        var cells = new CellRunner(
            launcher,
            observer,
            stop,
            clock,
            options.HangAfter,
            beginnings,
            new CellTenure(null, clock)
        );
        var crew = new CellCrew(cells, queue, observer, clock);
        var results = await crew.TrainAsync(turns.Count, jobs, request, options.GpuOf).ConfigureAwait(false);
        return new SweepResult(chosen, results, stop.Stop.IsCancellationRequested);
    }

    private IReadOnlyList<string> MoveAside(SweepPlan plan, RunningSweep running) =>
        running.Others.Count == 0
            ? FreshCells.MoveAside(plan.Cells, runs, clock)
            : throw new UserFaultException(
                $"--fresh: the sweep '{plan.Name}' is being run by process {running.Others[0]}, from which its cells would be taken. Wait for it or stop it; nothing was moved."
            );
}
