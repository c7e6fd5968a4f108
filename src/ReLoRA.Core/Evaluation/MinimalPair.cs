namespace ReLoRA.Core.Evaluation;

/// <summary>Two sentences that differ in one point, of which one is grammatical, as token ids.</summary>
/// <param name="Phenomenon">What the pair tests: the <c>UID</c> of its line.</param>
/// <param name="Good">The grammatical sentence.</param>
/// <param name="Bad">The ungrammatical sentence.</param>
public sealed record MinimalPair(string Phenomenon, IReadOnlyList<int> Good, IReadOnlyList<int> Bad)
{
    /// <summary>Whether both are the same tokens, so that no model can tell them apart.</summary>
    public bool IsSame => Good.SequenceEqual(Bad);
}
