using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

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
        if (plan?.Search is null)
            throw new ArgumentException("The plan is of no search.", nameof(plan));
        RequireWhole(plan, options);
        using var held = RunningSweep.JoinAlone(runs, plan.Name, clock);
        var sitting = new SearchSitting(plan, runs, launcher, observer, options, stop, clock);
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

    /// <summary>Refuses options that a search has no use for.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="UserFaultException">The plan is of a search, and one of them is given.</exception>
    public static void RequireWhole(SweepPlan plan, RunOptions options)
    {
        if (plan.Search is null || options is { Only: [], Fresh: false, Extend: false, SkipFailed: false })
            return;
        throw new UserFaultException(
            $"The sweep '{plan.Name}' is a search, whose cells follow from one another; allowed: to run it whole. Leave out --only, "
                + "--skip-failed, --fresh and --extend."
        );
    }
}
