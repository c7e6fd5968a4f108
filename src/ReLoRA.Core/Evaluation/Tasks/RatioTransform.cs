namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>What is done to a ratio.</summary>
public enum RatioTransform
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary><c>exp(ratio)</c>: a perplexity.</summary>
    Exponential,
}
