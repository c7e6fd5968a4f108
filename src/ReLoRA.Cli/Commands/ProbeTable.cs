using System.Globalization;
using ReLoRA.Analysis;
using ReLoRA.Core.Dynamics.Stored;

namespace ReLoRA.Cli.Commands;

/// <summary>Figures of checkpoints for people.</summary>
internal static class ProbeTable
{
    private static readonly string[] Columns = ["checkpoint", "layer", "metric", "of", "value", "finding"];

    public static string Of(ProbeResult result)
    {
        // Checkpoints of one run are told apart by their steps.
        var isOneRun =
            result
                .Checkpoints.Select(one => Path.GetDirectoryName(Path.GetFullPath(one.Folder.Path)))
                .Distinct()
                .Count() == 1
            && result.Checkpoints.All(one => one.Folder.Step is not null);
        return TableText.Render(
            new Table(
                result.Reference is null ? "Checkpoints" : $"Checkpoints, compared with {result.Reference}",
                Columns,
                [
                    .. result.Checkpoints.SelectMany(one =>
                        one.Figures.Select(found => Row(Name(one.Folder, isOneRun), found))
                    ),
                ],
                [.. Notes(result)]
            ),
            0
        );
    }

    private static string Name(ProbedFolder folder, bool isOneRun) =>
        isOneRun ? FormattableString.Invariant($"step_{folder.Step}") : folder.Path;

    private static string[] Row(string checkpoint, FolderFigure found) =>
        [
            checkpoint,
            found.Layer,
            found.Metric,
            found.Of,
            found.Figure.Value.ToString("G6", CultureInfo.InvariantCulture),
            found.Figure.Finding,
        ];

    private static IEnumerable<string> Notes(ProbeResult result)
    {
        if (!result.IsComplete)
            yield return "PARTIAL: stopped before all was measured.";
        var figures = result.Checkpoints.SelectMany(one => one.Figures).ToList();
        if (figures.Any(found => found.Figure.Finding.Length > 0))
            yield return "finding: why there is no figure, or how it is to be read (docs/probes.md).";
        if (figures.Any(found => found.Figure.Vector.Count > 0))
            yield return "Some figures have further numbers: --json or --csv shows them.";
    }
}
