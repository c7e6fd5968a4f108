using ReLoRA.Core.Evaluation.Scoring;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>One sequence to score: a window of a document, or a chunk of the study's.</summary>
/// <param name="Sequence">What is scored.</param>
/// <param name="Document">The document that it is a window of; null for a chunk.</param>
/// <param name="Window">Which window, from 0.</param>
/// <param name="Windows">How many windows the document has.</param>
/// <param name="Chunk">The chunk; null for a window.</param>
internal sealed record PerplexityItem(
    ScoredSequence Sequence,
    CorpusDocument? Document,
    int Window,
    int Windows,
    StudyChunk? Chunk
)
{
    /// <summary>
    /// The windows of a document: as many tokens go into the model as its context holds, the first of them the last token of the window before, so
    /// that each token is scored once.
    /// </summary>
    public static IEnumerable<PerplexityItem> Of(CorpusDocument document, int positions)
    {
        var scored = document.Ids.Length - 1;
        var windows = (scored + positions - 1) / positions;
        for (var window = 0; window < windows; window++)
        {
            var from = window * positions;
            var tokens = new ArraySegment<int>(document.Ids, from, Math.Min(positions, scored - from) + 1);
            yield return new PerplexityItem(new ScoredSequence(tokens), document, window, windows, Chunk: null);
        }
    }

    /// <summary>A chunk, of which all but the first token are scored.</summary>
    public static PerplexityItem Of(StudyChunk chunk) =>
        new(new ScoredSequence(chunk.Ids), Document: null, Window: 0, Windows: 1, chunk);
}
