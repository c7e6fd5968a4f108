using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>The windows of all documents, then the study's chunks.</summary>
internal sealed class PerplexityEvaluation : IEvaluation
{
    private readonly PerplexityCorpus corpus;
    private readonly IReadOnlyList<PerplexityItem> items;

    public PerplexityEvaluation(PerplexityCorpus corpus, int positions)
    {
        this.corpus = corpus;
        items =
        [
            .. corpus.Documents.SelectMany(document => PerplexityItem.Of(document, positions)),
            // A model of a single position has nothing to score in its chunks.
            .. corpus.Chunks.Where(chunk => chunk.Ids.Length > 1).Select(PerplexityItem.Of),
        ];
        Items = [.. items.Select(item => new ScoredItem([item.Sequence]))];
    }

    public IReadOnlyList<ScoredItem> Items { get; }

    public IReadOnlyList<string> Remarks => corpus.Remarks;

    public EvaluationSummary Summarize(IReadOnlyList<ItemScore?> scores)
    {
        RequireNumbers(scores);
        var documents = Documents(scores);
        var chunks = Chunks(scores);
        var figures = PerplexityFigures.Of(documents, chunks, out var leftOut);
        return new EvaluationSummary(
            figures,
            [
                ("documents", corpus.Documents.Count),
                ("documents_scored", documents.Count),
                ("documents_empty", corpus.Empty),
                ("tokens_scored", documents.Sum(document => document.Tokens)),
                ("chunks", corpus.Chunks.Count),
                ("chunks_scored", chunks.Count),
            ]
        )
        {
            Remarks =
            [
                .. CorpusRemarks.OfPart(documents.Count, corpus.Documents.Count),
                .. CorpusRemarks.OfLeftOut(leftOut),
            ],
        };
    }

    public ItemTable Table(IReadOnlyList<ItemScore?> scores) => PerplexityTable.Of(items, scores);

    private List<DocumentScore> Documents(IReadOnlyList<ItemScore?> scores)
    {
        var whole = new List<DocumentScore>();
        for (var at = 0; at < items.Count && items[at].Document is { } document; at += items[at].Windows)
        {
            var windows = Enumerable.Range(at, items[at].Windows).Select(place => scores[place]).ToList();
            if (windows.Contains(null))
                continue;
            whole.Add(
                new DocumentScore(
                    document,
                    -windows.Sum(window => window!.Alternatives[0].LogProbability),
                    windows.Sum(window => (long)window!.Alternatives[0].Tokens)
                )
            );
        }
        return whole;
    }

    private List<(string Source, double Perplexity)> Chunks(IReadOnlyList<ItemScore?> scores) =>
        [
            .. items
                .Zip(scores, (item, score) => (item.Chunk, Score: score?.Alternatives[0]))
                .Where(scored => scored is { Chunk: not null, Score: not null })
                .Select(scored => (scored.Chunk!.Source, Math.Exp(-scored.Score!.Value.Mean))),
        ];

    private void RequireNumbers(IReadOnlyList<ItemScore?> scores)
    {
        var at = scores
            .Select((score, place) => (score, place))
            .FirstOrDefault(one => one.score is { } score && !double.IsFinite(score.Alternatives[0].LogProbability));
        if (at.score is null)
            return;
        var item = items[at.place];
        throw new UserFaultException(
            $"The model finds no finite probability in {item.Document?.Domain ?? item.Chunk!.Source}, "
                + $"{item.Document?.Name ?? $"chunk {item.Chunk!.Name}"}: its weights hold numbers that are not finite or far too large. "
                + "Evaluate another checkpoint, or in --precision Float32."
        );
    }
}
