namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>The scores of one item.</summary>
/// <param name="Item">Its place among the items.</param>
/// <param name="Alternatives">The scores of its alternatives, in their order.</param>
public sealed record ItemScore(int Item, IReadOnlyList<SequenceScore> Alternatives);
