namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>What is scored.</summary>
/// <param name="Documents">The documents that are not empty, in the order of the data.</param>
/// <param name="Chunks">The study's chunks, by source.</param>
/// <param name="Empty">Documents without a token.</param>
/// <param name="Remarks">What a reader of the figures must know.</param>
internal sealed record PerplexityCorpus(
    IReadOnlyList<CorpusDocument> Documents,
    IReadOnlyList<StudyChunk> Chunks,
    long Empty,
    IReadOnlyList<string> Remarks
);
