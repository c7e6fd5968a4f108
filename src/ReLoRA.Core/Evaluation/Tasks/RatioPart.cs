namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>Items that are drawn anew together in a bootstrap.</summary>
/// <param name="Numerators">Of each item, for example its negative logarithm of probability.</param>
/// <param name="Denominators">Of each item, for example its tokens.</param>
public sealed record RatioPart(IReadOnlyList<double> Numerators, IReadOnlyList<double> Denominators);
