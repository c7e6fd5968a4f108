namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>What a model finds of the scored tokens of a sequence.</summary>
/// <param name="LogProbability"><c>sum of log p(x_t | x_1 .. x_t-1)</c> over them, natural logarithm.</param>
/// <param name="Tokens">How many they are.</param>
/// <param name="IsGreedy">Whether each of them is the token that the model finds most probable there.</param>
public readonly record struct SequenceScore(double LogProbability, int Tokens, bool IsGreedy)
{
    /// <summary>The mean over the tokens, nats a token.</summary>
    public double Mean => LogProbability / Tokens;
}
