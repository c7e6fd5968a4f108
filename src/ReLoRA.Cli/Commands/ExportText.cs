using System.Globalization;
using ReLoRA.Export;

namespace ReLoRA.Cli.Commands;

/// <summary>An export in words.</summary>
internal static class ExportText
{
    private const int MostOfAKind = 5;

    public static string Progress(ExportProgress state) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"exporting: {state.Done:N0} of {state.Cells:N0} cells, {state.Rows:N0} rows"
        );

    /// <summary>A line each, and of a kind of which there are many the first few and a count.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<ExportProblem> problems)
    {
        foreach (var kind in problems.GroupBy(problem => problem.Kind))
        {
            foreach (var problem in kind.Take(MostOfAKind))
                yield return problem.Line;
            var left = kind.Count() - MostOfAKind;
            if (left > 0)
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kind.First().Severity}: {left:N0} more of the kind {kind.Key}: see the table problems, or --json"
                );
        }
    }

    public static string Of(ExportResult made)
    {
        var lines = made.Tables.Select(table =>
            string.Create(CultureInfo.InvariantCulture, $"{table.File, -24} {table.Rows, 12:N0}  {table.Meaning}")
        );
        return string.Join('\n', lines.Prepend(made.Folder)) + "\n";
    }
}
