namespace ReLoRA.Core.Evaluation.Blimp;

/// <summary>A pair with its scores.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Score">Both sentences' scores.</param>
/// <param name="Tokens">Both sentences' scored tokens.</param>
internal sealed record JudgedPair(MinimalPair Pair, PairScore Score, (long Good, long Bad) Tokens)
{
    /// <summary>The judgement: strictly above is right.</summary>
    public PairOutcome Outcome =>
        Score.Good == Score.Bad || Pair.IsSame ? PairOutcome.Tie
        : Score.Good > Score.Bad ? PairOutcome.Right
        : PairOutcome.Wrong;
}
