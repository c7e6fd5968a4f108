using ReLoRA.Results.Log;

namespace ReLoRA.Core.Evaluation;

/// <summary>Loss and perplexity over an evaluation corpus.</summary>
/// <param name="Domains">The figures of each domain.</param>
public sealed record PerplexityResult(IReadOnlyList<EvalDomain> Domains)
{
    /// <summary>Mean loss over all tokens, nats a token.</summary>
    public double Loss => Domains.Sum(domain => domain.Loss * domain.Tokens) / Domains.Sum(domain => domain.Tokens);

    /// <summary><c>exp(Loss)</c>: the corpus's perplexity.</summary>
    public double Perplexity => Math.Exp(Loss);

    /// <summary>Mean of the domains' losses, each counting alike.</summary>
    public double MacroLoss => Domains.Average(domain => domain.Loss);

    /// <summary><c>exp(MacroLoss)</c>.</summary>
    public double MacroPerplexity => Math.Exp(MacroLoss);
}
