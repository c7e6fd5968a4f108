using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>
/// Perplexity on texts. The definition of each figure: docs/evaluators-perplexity.md. Paloma's corpus perplexity is
/// <c>exp(sum of -log p / tokens)</c> over documents, each with the end-of-text token before it, in windows of the model's context that do not
/// overlap but for one token of context; the study's figure is the mean over chunks of <c>exp(mean of -log p)</c>.
/// </summary>
public sealed class PerplexityTask : Evaluator
{
    /// <inheritdoc/>
    public override string Name => "perplexity";

    /// <inheritdoc/>
    public override string Summary =>
        "Perplexity on Paloma's layout, plain text or token datasets, by domain and source.";

    /// <inheritdoc/>
    public override IEvaluation Open(EvaluationSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new PerplexityEvaluation(PerplexityData.Read(source), source.Positions);
    }
}
