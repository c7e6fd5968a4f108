using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Core.Distributed;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Submits what is missing of a sweep, and returns: nothing of it stays on this machine but files.</summary>
/// <param name="runs">The folder of runs, which every node sees.</param>
/// <param name="scheduler">The scheduler.</param>
/// <param name="limits">What the cluster allows.</param>
/// <param name="program">How <c>relora</c> is started on a node.</param>
/// <param name="clock">For times of day.</param>
public sealed class SweepSubmitter(
    RunsFolder runs,
    IScheduler scheduler,
    SlurmLimits limits,
    IReadOnlyList<string> program,
    TimeProvider clock
)
{
    /// <summary>Refuses what cannot be submitted.</summary>
    /// <param name="plan">A plan.</param>
    /// <exception cref="UserFaultException">It is of a search.</exception>
    public static void RequireSubmittable(SweepPlan plan)
    {
        if (plan.Search is not null)
            throw new UserFaultException(
                $"The sweep '{plan.Name}' is a search, whose cells follow from one another: they cannot be handed in beforehand. Nothing was submitted. Let one job run it whole, "
                    + "sbatch --cpus-per-task=N --wrap 'relora run SCRIPT --jobs N', or take the search out and submit a grid."
            );
    }

    /// <summary>Submits.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="provenance">Where it came from; kept in <c>sweep.json</c>.</param>
    /// <param name="options">Which cells.</param>
    /// <param name="settings">What is asked of the scheduler.</param>
    /// <param name="throttle">How many tasks at once the jobs of the sweep that live already may run. Default: null, as many as before.</param>
    /// <exception cref="UserFaultException">The plan, the folder or the scheduler is at fault.</exception>
    public SubmittedJobs Submit(
        SweepPlan plan,
        IReadOnlyDictionary<string, string> provenance,
        RunOptions options,
        SlurmSettings settings,
        int? throttle = null
    )
    {
        RequireSubmittable(plan);
        var file = plan.ToFile(provenance);
        using var running = RunningSweep.Join(runs, file, clock);
        // Who submits at the same time, this sweep or another with cells of it, has to see what this one hands in.
        using var turn = SubmitTurn.Take(runs, clock);
        var (missing, notes) = Missing(plan, options, settings, QueueState.Require);
        if (SweepChange.Of(running.Before, file, runs) is { } change)
            notes.Insert(0, change);
        if (throttle is { } limit)
            notes.AddRange(LiveThrottle.Change(plan.Name, runs, scheduler, limit));
        var place = new SlurmPlace(runs, plan.Name);
        var submission = new SlurmSubmission(scheduler, place, program);
        var batches = SlurmBatch.Of(missing, settings, limits, place, clock);
        try
        {
            return new SubmittedJobs(plan.Name, [.. submission.Submit(batches, settings, limits.Cluster)], notes);
        }
        catch (UserFaultException fault)
        {
            var asked = plan.Slurm is { } choice ? $" ({choice.Place})" : "";
            throw new UserFaultException($"The sweep '{plan.Name}'{asked}: {fault.Message}", fault);
        }
    }

    /// <summary>The batch scripts that would be submitted. Writes nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">Which cells.</param>
    /// <param name="settings">What is asked of the scheduler.</param>
    public (IReadOnlyList<string> Scripts, IReadOnlyList<string> Notes) DryRun(
        SweepPlan plan,
        RunOptions options,
        SlurmSettings settings
    )
    {
        RequireSubmittable(plan);
        var (missing, notes) = Missing(plan, options, settings, QueueState.Ask);
        var place = new SlurmPlace(runs, plan.Name);
        var submission = new SlurmSubmission(scheduler, place, program);
        var batches = SlurmBatch.Of(missing, settings, limits, place, clock);
        return (
            [
                .. batches.Select(
                    (batch, i) =>
                        submission.Script(batch, settings, i > 0 && settings.ArrayLimit > 0 ? "JOB-BEFORE" : "")
                ),
            ],
            notes
        );
    }

    private (SweepPlan Plan, List<string> Notes) Missing(
        SweepPlan plan,
        RunOptions options,
        SlurmSettings settings,
        Func<IScheduler, IReadOnlyCollection<string>, QueueState> ask
    )
    {
        var ends = new CellEnds();
        ReadableCells.Require(plan, runs, ends);
        var (chosen, choice) = CellSelection.Of(plan, options, runs);
        var missing = MissingCells.Of(chosen, runs, jobs => ask(scheduler, jobs), clock, ends);
        foreach (var cell in missing.Cells)
            BatchShares.RequireDivides(cell.Config.Data, settings.Ranks);
        var notes = choice.Concat(missing.Notes).ToList();
        var submitted = plan with { Cells = missing.Cells };
        if (SharedWarmStarts.Of(submitted, runs, ends).Steps is > 0 and var steps)
            notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"On a cluster every cell trains its own warm start, {steps:N0} steps more than 'relora run' would: the results are the same to the bit."
                )
            );
        if (plan.Wall is { } wall)
            notes.Add($"The sweep's time of {wall} is one run's on a machine, and bounds no job: --time does.");
        return (submitted, notes);
    }
}
