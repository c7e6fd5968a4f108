namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>How a text's score is made of its tokens' logarithms of probabilities.</summary>
public enum ScoreRule
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean over the scored tokens.</summary>
    Mean,
}
