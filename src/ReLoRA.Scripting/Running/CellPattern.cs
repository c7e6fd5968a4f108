using System.Text.RegularExpressions;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Running;

/// <summary>The patterns of <c>--only</c>: a label, a label without its seed or an id, with ? for any character, and in labels * for any text.</summary>
public static class CellPattern
{
    /// <summary>Whether a cell has a pattern.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="pattern">The pattern.</param>
    public static bool IsMatch(CellName cell, string pattern)
    {
        var regex =
            $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$";
        // An id's digits are chance: what *43* finds in them, nobody meant.
        var mayBeId = !pattern.Contains('*', StringComparison.Ordinal);
        return (mayBeId ? new[] { cell.Label, cell.Arm, cell.Id } : [cell.Label, cell.Arm]).Any(name =>
            Regex.IsMatch(
                name,
                regex,
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline
            )
        );
    }

    /// <summary>Refuses a pattern that no cell has.</summary>
    /// <param name="cells">All cells that can be meant.</param>
    /// <param name="patterns">The patterns.</param>
    /// <exception cref="UserFaultException">There is one.</exception>
    public static void RequireMatches(IReadOnlyList<CellName> cells, IReadOnlyList<string> patterns)
    {
        foreach (var pattern in patterns.Where(pattern => !cells.Any(cell => IsMatch(cell, pattern))))
        {
            var near = NearNames.Of(pattern, cells.SelectMany(cell => new[] { cell.Label, cell.Arm }));
            throw new UserFaultException(
                $"--only '{pattern}' matches none of the {cells.Count} cells; allowed: a label or a label without its seed, with * for any text and "
                    + $"? for any character, or an id. The nearest: {string.Join(", ", near.Select(name => $"'{name}'"))}. All of them: relora plan"
            );
        }
    }
}
