namespace ReLoRA.Core.Evaluation;

/// <summary>Two sentences that differ in one point, of which one is grammatical, as token ids.</summary>
/// <param name="Paradigm">What the pair tests: the <c>UID</c> of its line.</param>
/// <param name="Good">The grammatical sentence.</param>
/// <param name="Bad">The ungrammatical sentence.</param>
public sealed record MinimalPair(string Paradigm, IReadOnlyList<int> Good, IReadOnlyList<int> Bad)
{
    /// <summary>The kind of paradigm (<c>linguistics_term</c>); null where the suite names none.</summary>
    public string? Term { get; init; }

    /// <summary>The pair's name within its paradigm (<c>pairID</c>); empty where it has none.</summary>
    public string Id { get; init; } = "";

    /// <summary>Whether both are the same tokens, so that no model can tell them apart.</summary>
    public bool IsSame => Good.SequenceEqual(Bad);
}
