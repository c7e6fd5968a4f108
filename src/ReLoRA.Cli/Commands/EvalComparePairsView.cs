using System.Globalization;
using ReLoRA.Analysis;
using ReLoRA.Analysis.Paired;

namespace ReLoRA.Cli.Commands;

/// <summary>A comparison on minimal pairs for people.</summary>
internal static class EvalComparePairsView
{
    private static readonly string[] Columns =
    [
        "phenomenon",
        "pairs",
        "A",
        "B",
        "A - B",
        "low",
        "high",
        "only A",
        "only B",
        "McNemar p",
        "Holm p",
    ];

    public static Table Of(string a, string b, PairsComparison found) =>
        new(
            $"A: {a}, B: {b}",
            Columns,
            [.. found.Phenomena.Select(Row), Overall(found)],
            [
                Invariant(
                    $"Overall, the primary test: A - B = {Signed(found.Difference.Interval.Value)}, 95 % [{Signed(found.Difference.Interval.Low)}, {Signed(found.Difference.Interval.High)}], p = {Probability(found.Difference.P)} by the hierarchical bootstrap: seeds, paradigms and pairs are drawn, since pairs of a paradigm come from one template. p is at least 2 / (resamples + 1)."
                ),
                "By phenomenon: the interval is of the paired bootstrap (pairs within paradigms; seeds). McNemar's test is exact and two-sided; Holm p is corrected over the phenomena. Accuracies are means of paradigms; ties are not right.",
                EvalCompareSeeds.Note(found.Seeds),
                .. found.Seeds == 1
                    ? Array.Empty<string>()
                    :
                    [
                        "McNemar's test counts a pair once a seed, as if seeds were other pairs: with several seeds its p is too small.",
                    ],
            ]
        );

    private static string[] Row(PhenomenonComparison one) =>
        [
            one.Name,
            Invariant($"{one.Pairs}"),
            Invariant($"{one.First:F4}"),
            Invariant($"{one.Second:F4}"),
            Signed(one.Difference.Value),
            Signed(one.Difference.Low),
            Signed(one.Difference.High),
            Invariant($"{one.OnlyFirst}"),
            Invariant($"{one.OnlySecond}"),
            Probability(one.P),
            Probability(one.Adjusted),
        ];

    private static string[] Overall(PairsComparison found) =>
        [
            "overall",
            Invariant($"{found.Pairs}"),
            Invariant($"{found.First:F4}"),
            Invariant($"{found.Second:F4}"),
            Signed(found.Difference.Interval.Value),
            Signed(found.Difference.Interval.Low),
            Signed(found.Difference.Interval.High),
            Invariant($"{found.Phenomena.Sum(one => one.OnlyFirst)}"),
            Invariant($"{found.Phenomena.Sum(one => one.OnlySecond)}"),
            "",
            "",
        ];

    private static string Signed(double value) =>
        value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    private static string Probability(double p) =>
        p switch
        {
            0 => "0.0e+00",
            < 1e-4 => p.ToString("0.0e+00", CultureInfo.InvariantCulture),
            _ => p.ToString("F4", CultureInfo.InvariantCulture),
        };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
