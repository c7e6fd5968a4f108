using ReLoRA.Results.Log;

namespace ReLoRA.Core.Evaluation;

/// <summary>How many minimal pairs a model told apart.</summary>
/// <param name="Name">The suite.</param>
/// <param name="Phenomena">The counts of each phenomenon.</param>
public sealed record PairsResult(string Name, IReadOnlyList<PairsPhenomenon> Phenomena)
{
    /// <summary>Mean of the phenomena's accuracies, each counting the same, 0 to 1.</summary>
    public double Accuracy => Phenomena.Average(phenomenon => (double)phenomenon.Correct / phenomenon.Pairs);
}
