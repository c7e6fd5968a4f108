namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>What an evaluation scores together: one text, or the alternatives among which a model chooses.</summary>
/// <param name="Alternatives">The sequences. What one has in common with the first at its beginning is scored once for both.</param>
public sealed record ScoredItem(IReadOnlyList<ScoredSequence> Alternatives)
{
    /// <summary>Tokens of the longest alternative.</summary>
    public int Length => Alternatives.Max(sequence => sequence.Tokens.Count);
}
