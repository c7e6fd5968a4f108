using System.Globalization;
using ReLoRA.Analysis;
using ReLoRA.Analysis.Paired;

namespace ReLoRA.Cli.Commands;

/// <summary>A comparison of perplexities for people.</summary>
internal static class EvalCompareDocumentsView
{
    private static readonly string[] Columns = ["group", "name", "documents", "A", "B", "A / B", "low", "high"];

    public static Table Of(
        EvalCompareSide a,
        EvalCompareSide b,
        IReadOnlyList<PerplexityComparison> groups,
        string unit
    ) =>
        new(
            $"A: {a.Path}, B: {b.Path}",
            Columns,
            [.. groups.Select(Row)],
            [
                $"A and B: perplexity a {unit}. A / B below 1: A is better. low and high: its 95 % interval by the paired bootstrap over documents, the same ones for both models. Of few documents the interval is too narrow; of one there is none.",
                .. unit == "byte"
                    ?
                    [
                        "The models have other tokens: perplexities a token do not compare, so these are exp(nats / bytes).",
                    ]
                    : Array.Empty<string>(),
                EvalCompareSeeds.Note(a.Seeds.Count),
            ]
        );

    private static string[] Row(PerplexityComparison one) =>
        [
            one.Group,
            one.Name,
            Invariant($"{one.Documents}"),
            Invariant($"{one.First:F4}"),
            Invariant($"{one.Second:F4}"),
            Invariant($"{one.Ratio.Value:F4}"),
            one.Documents > 1 ? Invariant($"{one.Ratio.Low:F4}") : "",
            one.Documents > 1 ? Invariant($"{one.Ratio.High:F4}") : "",
        ];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
