namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>A document that has something to score.</summary>
/// <param name="Source">The source it belongs to.</param>
/// <param name="Domain"><c>source/subdomain</c>; the source alone where it is not divided.</param>
/// <param name="Name">What tells it from the source's other documents.</param>
/// <param name="Ids">The token that is context only, and the document's own.</param>
/// <param name="Bytes">Bytes of its text in UTF-8; null where the text is not known.</param>
/// <param name="Words">Its words, see <see cref="WordCount"/>; null where the text is not known.</param>
internal sealed record CorpusDocument(string Source, string Domain, string Name, int[] Ids, long? Bytes, long? Words);
