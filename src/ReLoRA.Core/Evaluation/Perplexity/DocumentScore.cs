namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>A document all of whose windows are scored.</summary>
/// <param name="Document">The document.</param>
/// <param name="Nats">Minus the logarithm of its probability.</param>
/// <param name="Tokens">Tokens scored.</param>
internal sealed record DocumentScore(CorpusDocument Document, double Nats, long Tokens);
