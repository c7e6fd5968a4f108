namespace ReLoRA.Core.Evaluation;

/// <summary>How probable a model finds the sentences of a pair: natural logarithms.</summary>
/// <param name="Good">The grammatical sentence's.</param>
/// <param name="Bad">The ungrammatical sentence's.</param>
public readonly record struct PairScore(double Good, double Bad);
