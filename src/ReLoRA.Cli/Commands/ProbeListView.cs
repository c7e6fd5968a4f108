using ReLoRA.Analysis;
using ReLoRA.Core.Dynamics.Stored;

namespace ReLoRA.Cli.Commands;

/// <summary>The metrics and targets of <c>relora probe</c> for people.</summary>
internal static class ProbeListView
{
    private static readonly string[] Columns = ["metric", "formula", "of, by default", "needs"];

    public static string Text() =>
        TableText.Render(
            new Table(
                "Metrics (--metric)",
                Columns,
                [.. MetricList.Metrics.Select(one => new[] { one.Name, one.Formula, one.Of, one.Needs })],
                ["sigma: singular values, largest first. Ranges, sources and findings: docs/probes.md."]
            ),
            0
        )
        + "\n"
        + TableText.Render(
            new Table(
                "Targets (--of)",
                ["target", "what it is"],
                [.. MetricList.Targets.Select(one => new[] { one.Name, one.Meaning })],
                []
            ),
            0
        );
}
