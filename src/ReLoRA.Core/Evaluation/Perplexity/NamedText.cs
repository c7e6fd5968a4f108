namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>A document as it was read.</summary>
/// <param name="Source">The source it belongs to, for example a corpus.</param>
/// <param name="Domain"><c>source/subdomain</c>; the source alone where it is not divided.</param>
/// <param name="Name">What tells it from the source's other documents: file and line.</param>
/// <param name="Place">Where it is, for messages.</param>
/// <param name="Text">Its text.</param>
internal sealed record NamedText(string Source, string Domain, string Name, string Place, string Text);
