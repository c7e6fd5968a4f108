using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>The cells of a plan that a run is about: those that <c>--only</c>, <c>--retry-failed</c> and <c>--skip-failed</c> leave.</summary>
/// <param name="Plan">The plan, less the other cells.</param>
/// <param name="Notes">What a user should know of the choice.</param>
public sealed record CellSelection(SweepPlan Plan, IReadOnlyList<string> Notes)
{
    private const int Named = 5;

    /// <summary>Chooses cells.</summary>
    /// <param name="plan">All of them.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="runs">Tells which failed.</param>
    public static CellSelection Of(SweepPlan plan, RunOptions options, RunsFolder runs)
    {
        var (cells, notes) = (plan.Cells, new List<string>());
        if (options.Only.Count > 0)
            cells = Matched(plan, options.Only, notes);
        if (options.RetryFailed || options.SkipFailed)
        {
            var failed = cells.Where(cell => HasFailed(runs.Cell(cell.Id))).ToList();
            cells = options.RetryFailed ? failed : [.. cells.Except(failed)];
            notes.Add(
                options.RetryFailed ? $"--retry-failed: {failed.Count} of {plan.Cells.Count} cells failed before."
                : failed.Count == 0 ? "--skip-failed: no cell failed before."
                : $"--skip-failed: {failed.Count} cells that failed before are left as they are: {Labels(failed)}."
            );
        }
        return new CellSelection(plan with { Cells = cells }, notes);
    }

    /// <summary>Refuses a pattern that no cell of any plan has.</summary>
    /// <param name="plans">The plans of a script.</param>
    /// <param name="patterns">The patterns.</param>
    /// <exception cref="UserFaultException">There is one.</exception>
    public static void RequireMatches(IReadOnlyList<SweepPlan> plans, IReadOnlyList<string> patterns)
    {
        CellPattern.RequireMatches([.. plans.SelectMany(plan => plan.Cells).Select(Name)], patterns);
    }

    private static List<PlannedCell> Matched(SweepPlan plan, IReadOnlyList<string> patterns, List<string> notes)
    {
        var matched = plan.Cells.Where(cell => patterns.Any(pattern => IsMatch(cell, pattern))).ToList();
        var ids = matched.Select(cell => cell.Id).ToHashSet();
        var partners = matched
            .Select(cell => cell.Baseline)
            .Where(id => id.Length > 0 && !ids.Contains(id))
            .ToHashSet();
        var added = plan.Cells.Where(cell => partners.Contains(cell.Id)).ToList();
        notes.Add($"--only: {matched.Count} of {plan.Cells.Count} cells.");
        if (added.Count > 0)
            notes.Add(
                $"With them {added.Count} partner{(added.Count == 1 ? "" : "s")} that they are compared with: {Labels(added)}."
            );
        return [.. plan.Cells.Where(cell => ids.Contains(cell.Id) || partners.Contains(cell.Id))];
    }

    private static bool IsMatch(PlannedCell cell, string pattern) => CellPattern.IsMatch(Name(cell), pattern);

    private static CellName Name(PlannedCell cell) => new(cell.Id, cell.Label, cell.Arm);

    private static bool HasFailed(CellFolder folder) => CellReport.ReadOrNew(folder).State == CellState.Failed;

    private static string Labels(List<PlannedCell> cells) =>
        string.Join(", ", cells.Take(Named).Select(cell => cell.Label)) + (cells.Count > Named ? ", ..." : "");
}
