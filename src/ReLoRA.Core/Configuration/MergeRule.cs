namespace ReLoRA.Core.Configuration;

/// <summary>What a merge adds to the frozen weight.</summary>
public enum MergeRule
{
    /// <summary><c>W += (alpha/rank) B A</c>: the function stays as it was.</summary>
    Scaled,

    /// <summary><c>W += B A</c>, as in the code of "Investigating ReLoRA": the function jumps unless alpha equals rank.</summary>
    Unscaled,
}
