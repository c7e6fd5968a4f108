using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>The cells that a cancelling is about.</summary>
public static class ChosenCells
{
    /// <summary>The ids of a sweep's cells that have one of some patterns; without patterns of all, also of those that an edited script has no more.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="patterns">What was asked for.</param>
    /// <param name="submitted">What was submitted.</param>
    public static IReadOnlySet<string> Of(SweepFile sweep, IReadOnlyList<string> patterns, SubmittedTasks submitted) =>
        patterns.Count > 0
            ? Names(sweep)
                .Where(cell => patterns.Any(pattern => CellPattern.IsMatch(cell, pattern)))
                .Select(cell => cell.Id)
                .ToHashSet()
            : sweep
                .Cells.Select(cell => cell.Id)
                .Concat(submitted.All.Where(task => task.Sweep == sweep.Name).SelectMany(task => task.Cells))
                .ToHashSet();

    /// <summary>Refuses a pattern that no cell of any sweep has.</summary>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="patterns">The patterns.</param>
    /// <exception cref="UserFaultException">There is one.</exception>
    public static void RequireMatches(IReadOnlyList<SweepFile> sweeps, IReadOnlyList<string> patterns) =>
        CellPattern.RequireMatches([.. sweeps.SelectMany(Names)], patterns);

    private static IEnumerable<CellName> Names(SweepFile sweep) =>
        sweep.Cells.Select(cell => new CellName(cell.Id, cell.Label, cell.Arm));
}
