namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>Tokens, of which the last ones are scored, each given all before it.</summary>
/// <param name="Tokens">The token ids, at most one more than the model's longest sequence: nothing follows the last.</param>
/// <param name="First">Index of the first token that is scored; at least 1, since the first token has nothing before it.</param>
public sealed record ScoredSequence(IReadOnlyList<int> Tokens, int First = 1)
{
    /// <summary>How many tokens are scored.</summary>
    public int Count => Tokens.Count - First;
}
