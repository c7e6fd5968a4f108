using System.Text.RegularExpressions;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;
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
        var cells = plans.SelectMany(plan => plan.Cells).ToList();
        foreach (var pattern in patterns.Where(pattern => !cells.Any(cell => IsMatch(cell, pattern))))
        {
            var near = NearNames.Of(pattern, cells.SelectMany(cell => new[] { cell.Label, cell.Arm }));
            throw new UserFaultException(
                $"--only '{pattern}' matches none of the {cells.Count} cells; allowed: a label, a label without its seed or an id, with * for any text and "
                    + $"? for any character. The nearest: {string.Join(", ", near.Select(name => $"'{name}'"))}. All of them: relora plan"
            );
        }
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

    private static bool IsMatch(PlannedCell cell, string pattern)
    {
        var regex =
            $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$";
        return new[] { cell.Label, cell.Arm, cell.Id }.Any(name =>
            Regex.IsMatch(
                name,
                regex,
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline
            )
        );
    }

    private static bool HasFailed(CellFolder folder) => CellReport.ReadOrNew(folder).State == CellState.Failed;

    private static string Labels(List<PlannedCell> cells) =>
        string.Join(", ", cells.Take(Named).Select(cell => cell.Label)) + (cells.Count > Named ? ", ..." : "");
}
