using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>One start of one task: trains its cells by the same workers as a run on one machine, and tells how it ended.</summary>
/// <param name="orders">The orders of the job.</param>
/// <param name="environment">What the scheduler says of the task.</param>
/// <param name="launcher">Starts the workers.</param>
/// <param name="observer">Sees what happens.</param>
/// <param name="signals">What the scheduler says while it runs.</param>
/// <param name="scheduler">Lets the task begin again.</param>
/// <param name="examine">What the node lacks to train; empty for nothing.</param>
/// <param name="clock">For times and polling.</param>
public sealed class TaskRunner(
    OrderFolder orders,
    TaskEnvironment environment,
    IWorkerLauncher launcher,
    IRunObserver observer,
    TaskSignals signals,
    IScheduler scheduler,
    Func<TaskTerms, string> examine,
    TimeProvider clock
)
{
    /// <summary>Time limits in a row without a step saved, after which a task does not begin again.</summary>
    public const int MostFruitlessLimits = 3;

    /// <summary>Longer than another machine's last sign of life may be old.</summary>
    private static readonly TimeSpan MostWait = WorkerLife.Silence + TimeSpan.FromMinutes(1);

    private readonly SerialObserver observer = new SerialObserver(observer);

    /// <summary>Trains.</summary>
    /// <returns>0 where all cells are finished; 1 where one failed, was had by another or the node cannot work; 75 where it saved and could not be requeued, or was ended by the scheduler.</returns>
    /// <exception cref="CellReplacedException">A later start of the task has begun: this one wrote nothing more.</exception>
    /// <exception cref="UserFaultException">The orders cannot be read.</exception>
    public async Task<int> RunAsync()
    {
        var terms = orders.Terms();
        var runs = new RunsFolder(terms.Runs);
        var sweep = runs.Sweep(terms.Sweep);
        TellOfJob(terms, sweep);
        var journal = TaskJournal.Begin(
            sweep.SlurmTaskPath(environment.Self.Job, environment.Self.Task),
            environment.Self,
            clock
        );
        if (examine(terms) is { Length: > 0 } fault)
        {
            journal.End("the node cannot work", fault: $"{environment.Self.Node}: {fault}");
            observer.Noted($"error: {environment.Self.Node}: {fault}");
            return 1;
        }
        var plan = new SweepPlan
        {
            Name = terms.Sweep,
            Cells = [.. orders.Of(environment.Self.Task).Select(order => order.Cell())],
            Wall = null,
            Notes = [],
        };
        var before = Saved(plan, runs);
        var results = await TrainAsync(plan, runs, terms).ConfigureAwait(false);
        return End(journal, results, Saved(plan, runs) - before);
    }

    /// <summary>The cells' steps on the disk.</summary>
    private static long Saved(SweepPlan plan, RunsFolder runs) =>
        plan.Cells.Sum(cell =>
            CellReport.IsFinished(runs.Cell(cell.Id)) ? cell.Config.Steps
            : new CheckpointStore(runs.Cell(cell.Id).CheckpointsPath).Steps is [var newest, ..] ? newest
            : 0
        );

    /// <summary>Who submitted may have died before it could tell.</summary>
    private void TellOfJob(TaskTerms terms, SweepFolder sweep)
    {
        var path = sweep.SlurmJobPath(environment.Self.Job);
        if (!File.Exists(path))
            SlurmSubmission.JobOf(terms, environment.Self.Job).Write(path);
    }

    private async Task<IReadOnlyList<CellResult>> TrainAsync(SweepPlan plan, RunsFolder runs, TaskTerms terms)
    {
        var turns = plan.Cells.Select((cell, i) => CellTurn.Of(i, cell, runs)).ToList();
        var options = new RunOptions
        {
            Jobs = terms.AtOnce,
            Threads = terms.Threads,
            Ranks = terms.Ranks,
            Device = terms.Device,
            Gpus = terms.Device == "cuda" && terms.AtOnce > 1 ? environment.Gpus : [],
        };
        observer.SweepStarted(plan, terms.AtOnce, terms.Threads);
        var queue = new CellQueue(turns, null, failFast: false, signals.Stop, clock);
        var cells = new CellRunner(
            launcher,
            observer,
            signals.Stop,
            clock,
            options.HangAfter,
            new CellBeginnings(plan, runs, extend: false, share: false),
            new CellTenure(environment.Self, clock)
        );
        var request = ExecutionRequest.Of(options, terms.AtOnce, terms.Threads);
        var crew = new CellCrew(cells, queue, observer, clock);
        return await crew.TrainAsync(turns.Count, terms.AtOnce, request, options.GpuOf, MostWait).ConfigureAwait(false);
    }

    private int End(TaskJournal journal, IReadOnlyList<CellResult> results, long steps)
    {
        var open = results.Where(result => result.Report.State != CellState.Finished).ToList();
        var failed = open.Where(result => result.Outcome == CellOutcome.Failed).ToList();
        if (open.Count == 0 || (failed.Count == open.Count && !signals.Stop.Stop.IsCancellationRequested))
        {
            journal.End(
                failed.Count == 0 ? "finished" : Text($"{failed.Count} of {results.Count} cells failed"),
                steps
            );
            return failed.Count == 0 ? 0 : 1;
        }
        if (signals.IsEnding)
        {
            journal.End("ended by the scheduler: saved", steps);
            return WorkerExit.Stopped;
        }
        if (!signals.IsTimeUp)
        {
            journal.End(open.First(result => result.Outcome != CellOutcome.Failed).Message, steps);
            return 1;
        }
        var limits = steps > 0 ? 0 : journal.FruitlessLimits + 1;
        return limits < MostFruitlessLimits ? Requeue(journal, steps) : GiveUp(journal, limits);
    }

    private int Requeue(TaskJournal journal, long steps)
    {
        // Before the request: the scheduler may end this process at once.
        journal.End(TaskJournal.TimeLimit, steps);
        try
        {
            scheduler.Requeue(environment.JobId);
            return 0;
        }
        catch (UserFaultException fault)
        {
            journal.End($"{TaskJournal.TimeLimit}, and the task could not be requeued: {fault.Message}", steps);
            observer.Noted($"error: {fault.Message}");
            return WorkerExit.Stopped;
        }
    }

    private int GiveUp(TaskJournal journal, int limits)
    {
        var text = Text(
            $"{TaskJournal.TimeLimit} nothing {limits} times in a row, and does not begin again: a longer --time or a smaller Checkpoint.Every would let it get on"
        );
        journal.End(text);
        observer.Noted($"error: {text}");
        return 1;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
