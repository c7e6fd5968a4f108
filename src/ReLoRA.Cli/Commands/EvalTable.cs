using System.Globalization;
using ReLoRA.Analysis;

namespace ReLoRA.Cli.Commands;

/// <summary>Figures for people.</summary>
internal static class EvalTable
{
    private static readonly string[] Columns = ["group", "name", "metric", "value", "low", "high", "items"];

    public static string Of(EvalResult result) =>
        TableText.Render(
            new Table(
                result.Title,
                Columns,
                [.. result.Figures.Select(Row)],
                [
                    .. result.Remarks,
                    string.Join("; ", result.Counts.Select(one => Invariant($"{one.Name}: {one.Count:N0}"))) + ".",
                    "low and high: the 95 % interval.",
                ]
            ),
            0
        );

    private static string[] Row(EvalFigure one) =>
        [
            one.Figure.Group,
            one.Figure.Name,
            one.Figure.Metric,
            Number(one.Figure.Value),
            one.Interval is { Low: var low } ? Number(low) : "",
            one.Interval is { High: var high } ? Number(high) : "",
            Invariant($"{one.Figure.Items:N0}"),
        ];

    private static string Number(double value) =>
        Math.Abs(value) < 1e8 ? Invariant($"{value:F4}") : Invariant($"{value:0.0000e+00}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
