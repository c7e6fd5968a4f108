using ReLoRA.Analysis.Paired;
using ReLoRA.Core;
using ReLoRA.Core.Evaluation.Blimp;

namespace ReLoRA.Cli.Commands;

/// <summary>Two models on the same minimal pairs.</summary>
internal static class EvalComparePairs
{
    public const string Right = "right";
    private const ulong Seed = 1;

    /// <exception cref="UserFaultException">They are not the same pairs.</exception>
    public static PairsComparison Of(EvalCompareSide a, EvalCompareSide b, int resamples)
    {
        var first = a.Seeds[0];
        var keys = Keys(first);
        return PairsComparison.Of(
            [.. first.Texts("paradigm")],
            [.. first.Texts("term").Select(Phenomenon)],
            [.. a.Seeds.Select(Marks)],
            [.. b.Seeds.Select(Marks)],
            resamples,
            Seed
        );

        bool[] Marks(EvalCompareItems items) =>
            EvalCompareKeys.Align(
                keys,
                first.Path,
                Keys(items).Zip(items.Flags(Right)).ToDictionary(one => one.First, one => one.Second),
                items.Path
            );
    }

    private static string Phenomenon(string term) => term.Length == 0 ? "(none)" : BlimpPhenomena.Of(term);

    /// <summary>Paradigm and id; where ids come again or are missing, numbered in the order of the file.</summary>
    private static List<string> Keys(EvalCompareItems items)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. items
                .Texts("paradigm")
                .Zip(items.Texts("pair_id"), (paradigm, id) => $"{paradigm} {id}")
                .Select(key =>
                {
                    var before = seen.GetValueOrDefault(key);
                    seen[key] = before + 1;
                    return before == 0 ? key : $"{key} ({before + 1})";
                }),
        ];
    }
}
