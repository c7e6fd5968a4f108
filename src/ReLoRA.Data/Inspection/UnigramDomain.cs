namespace ReLoRA.Data.Inspection;

/// <summary>One dataset under a unigram model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tokens">Tokens predicted.</param>
/// <param name="CrossEntropy">Mean over them, in nats per token.</param>
/// <param name="Perplexity">exp of it.</param>
public sealed record UnigramDomain(string Name, long Tokens, double CrossEntropy, double Perplexity)
{
    // The last digits of a sum of logarithms depend on the processor's mathematics library; these do not.
    private const int Digits = 6;

    internal static UnigramDomain Create(string name, double crossEntropy, long tokens) =>
        new(name, tokens, Rounded(crossEntropy), Rounded(Math.Exp(crossEntropy)));

    internal static double Rounded(double value) => Math.Round(value, Digits);
}
