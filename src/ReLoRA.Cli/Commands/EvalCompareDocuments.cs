using ReLoRA.Analysis.Paired;
using ReLoRA.Core;

namespace ReLoRA.Cli.Commands;

/// <summary>Two models on the same documents.</summary>
internal static class EvalCompareDocuments
{
    public const string Nats = "log_probability_nats";
    private const ulong Seed = 1;

    /// <returns>The groups, and of what the perplexity is: tokens, or bytes where the models have other tokens.</returns>
    /// <exception cref="UserFaultException">They are not the same documents.</exception>
    public static (PerplexityComparison[] Groups, string Unit) Of(EvalCompareSide a, EvalCompareSide b, int resamples)
    {
        var first = Documents(a.Seeds[0]);
        var sides = new[] { a, b }.Select(side => side.Seeds.Select(items => Aligned(items)).ToArray()).ToArray();
        var all = sides.SelectMany(side => side).ToList();
        var areTokens = all.All(run => Same(run, one => one.Tokens));
        if (!areTokens && (first.Values.Any(one => one.Bytes < 0) || !all.All(run => Same(run, one => one.Bytes))))
            throw new UserFaultException(
                $"{a.Path} and {b.Path}: the documents have other tokens and no common count of bytes; allowed: models with one tokenizer, "
                    + "or the same text. Evaluate both on the same text."
            );
        double[] units = [.. first.Values.Select(one => areTokens ? one.Tokens : one.Bytes)];
        return (
            PerplexityComparison.Of(
                [.. first.Values.Select(one => one.Source)],
                [.. first.Values.Select(one => one.Domain)],
                units,
                [.. sides[0].Select(run => run.Select(one => one.Nats).ToArray())],
                [.. sides[1].Select(run => run.Select(one => one.Nats).ToArray())],
                resamples,
                Seed
            ),
            areTokens ? "token" : "byte"
        );

        EvalCompareDocument[] Aligned(EvalCompareItems items) =>
            EvalCompareKeys.Align([.. first.Keys], a.Seeds[0].Path, Documents(items), items.Path);

        bool Same(EvalCompareDocument[] run, Func<EvalCompareDocument, double> of) =>
            run.Zip(first.Values, (one, other) => of(one) == of(other)).All(same => same);
    }

    /// <summary>The documents that are scored as a whole.</summary>
    private static Dictionary<string, EvalCompareDocument> Documents(EvalCompareItems items)
    {
        var (kinds, windows) = (items.Texts("kind"), items.Numbers("windows"));
        var (sources, domains, names) = (items.Texts("source"), items.Texts("domain"), items.Texts("name"));
        var (nats, tokens, bytes) = (items.Numbers(Nats), items.Numbers("tokens"), items.Numbers("document_bytes"));
        var documents = Enumerable
            .Range(0, kinds.Count)
            .Where(row => kinds[row] == "window")
            .GroupBy(row => $"{domains[row]} {names[row]}", StringComparer.Ordinal)
            .Where(rows => rows.Count() == windows[rows.First()])
            .ToDictionary(
                rows => rows.Key,
                rows => new EvalCompareDocument(
                    sources[rows.First()],
                    domains[rows.First()],
                    -rows.Sum(row => nats[row]),
                    rows.Sum(row => tokens[row]),
                    bytes[rows.First()]
                ),
                StringComparer.Ordinal
            );
        return documents.Count > 0
            ? documents
            : throw new UserFaultException(
                $"{items.Path} has no document that is scored as a whole. Evaluate to the end."
            );
    }
}
