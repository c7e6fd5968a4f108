using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>The figures of scored documents and chunks; their definitions are in docs/evaluators-perplexity.md.</summary>
internal static class PerplexityFigures
{
    private const string Overall = "overall";
    private const string OfSource = "source";
    private const string OfDomain = "domain";

    /// <summary>From the whole to the domains.</summary>
    /// <param name="documents">Documents that are scored as a whole.</param>
    /// <param name="chunks">The perplexity of each chunk.</param>
    /// <param name="leftOut">Figures that are too large for a number.</param>
    public static IReadOnlyList<EvaluationFigure> Of(
        IReadOnlyList<DocumentScore> documents,
        IReadOnlyList<(string Source, double Perplexity)> chunks,
        out long leftOut
    )
    {
        var domains = Grouped(documents, document => document.Domain);
        var sources = Grouped(documents, document => document.Source);
        var chunksBySource = chunks.ToLookup(chunk => chunk.Source, chunk => chunk.Perplexity, StringComparer.Ordinal);
        var all = new List<EvaluationFigure?>
        {
            Ratio(Overall, "", "perplexity", [Part(documents)], documents.Count),
            Ratio(Overall, "", "macro_perplexity", Parts(domains), documents.Count),
            Ratio(Overall, "", "macro_perplexity_geometric", Parts(domains), documents.Count, RatioMean.Geometric),
        };
        all.AddRange(ByText(Overall, "", documents));
        all.Add(Study(Overall, "", [.. chunks.Select(chunk => chunk.Perplexity)]));
        foreach (var source in sources)
        {
            all.Add(Ratio(OfSource, source.Key, "perplexity", [Part(source)], source.Count()));
            all.AddRange(ByText(OfSource, source.Key, [.. source]));
            all.Add(Study(OfSource, source.Key, [.. chunksBySource[source.Key]]));
        }
        foreach (var domain in domains)
        {
            all.Add(Ratio(OfDomain, domain.Key, "perplexity", [Part(domain)], domain.Count()));
            all.AddRange(ByText(OfDomain, domain.Key, [.. domain]));
        }
        var finite = all.OfType<EvaluationFigure>().Where(figure => double.IsFinite(figure.Value)).ToList();
        leftOut = all.OfType<EvaluationFigure>().Count() - finite.Count;
        return finite;
    }

    private static List<IGrouping<string, DocumentScore>> Grouped(
        IReadOnlyList<DocumentScore> documents,
        Func<CorpusDocument, string> key
    ) =>
        [
            .. documents
                .GroupBy(scored => key(scored.Document), StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal),
        ];

    private static IReadOnlyList<RatioPart> Parts(List<IGrouping<string, DocumentScore>> groups) =>
        [.. groups.Select(Part)];

    private static RatioPart Part(IEnumerable<DocumentScore> documents) =>
        new([.. documents.Select(one => one.Nats)], [.. documents.Select(one => (double)one.Tokens)]);

    /// <summary>What needs the text: bits a byte and perplexity a word, unless a document's text is not known.</summary>
    private static IEnumerable<EvaluationFigure?> ByText(
        string group,
        string name,
        IReadOnlyList<DocumentScore> documents
    )
    {
        if (documents.Any(one => one.Document.Bytes is null || one.Document.Words is null))
            yield break;
        var bytes = new RatioPart(
            [.. documents.Select(one => one.Nats / Math.Log(2))],
            [.. documents.Select(one => (double)one.Document.Bytes!)]
        );
        var words = new RatioPart(
            [.. documents.Select(one => one.Nats)],
            [.. documents.Select(one => (double)one.Document.Words!)]
        );
        yield return Ratio(group, name, "bits_per_byte", [bytes], documents.Count, transform: RatioTransform.None);
        yield return Ratio(group, name, "word_perplexity", [words], documents.Count);
    }

    private static EvaluationFigure? Study(string group, string name, double[] perplexities) =>
        Ratio(
            group,
            name,
            "study_perplexity",
            [new RatioPart(perplexities, [.. perplexities.Select(_ => 1.0)])],
            perplexities.Length,
            transform: RatioTransform.None
        );

    private static EvaluationFigure? Ratio(
        string group,
        string name,
        string metric,
        IReadOnlyList<RatioPart> parts,
        long items,
        RatioMean mean = RatioMean.Arithmetic,
        RatioTransform transform = RatioTransform.Exponential
    )
    {
        if (parts.Count == 0 || parts.Any(part => part.Denominators.Sum() == 0))
            return null;
        var evidence = new Evidence.Ratio(parts, transform, mean);
        // One document says nothing of how others differ.
        var hasInterval = parts.All(part => part.Numerators.Count > 1);
        return new EvaluationFigure(group, name, metric, RatioValue.Of(evidence), items, hasInterval ? evidence : null);
    }
}
