namespace ReLoRA.Core.Evaluation.Blimp;

/// <summary>How a model judged a pair.</summary>
internal enum PairOutcome
{
    /// <summary>The good sentence scores strictly higher.</summary>
    Right,

    /// <summary>The bad one does.</summary>
    Wrong,

    /// <summary>Neither does. Counted apart; for the accuracy it is not right.</summary>
    Tie,
}
