using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Ewok;

/// <summary>
/// Minimal pairs of contexts, as in EWoK (Ivanova et al., "Elements of World Knowledge", 2024): JSON lines with <c>Domain</c>,
/// <c>Context1</c>, <c>Context2</c>, <c>Target1</c> and <c>Target2</c>. A target's score is the sum of the logarithms of its tokens'
/// probabilities given the context, a space between both. Two figures, each a share of two decisions an item:
/// <list type="bullet">
/// <item><c>accuracy</c>, the publication's LogProbs metric: Target1 scores higher after Context1 than after Context2, and Target2 after
/// Context2 than after Context1. There a tie counts half; here it counts apart, and not as right.</item>
/// <item><c>target_accuracy</c>: after Context1, Target1 scores higher than Target2, and after Context2 the other way round. So decides
/// whoever runs the items as a choice between answers, as harnesses do.</item>
/// </list>
/// </summary>
public sealed class EwokEvaluator : Evaluator
{
    /// <inheritdoc/>
    public override string Name => "ewok";

    /// <inheritdoc/>
    public override string Summary => "Accuracy on minimal pairs of contexts: EWoK, or items in its schema.";

    /// <inheritdoc/>
    public override IEvaluation Open(EvaluationSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var encoder = new ItemEncoder(source);
        var lines = JsonLines.Read(source.Data).ToList();
        var items = EvenSample
            .Take(lines, line => line.Text("Domain"), source.Samples)
            .Select(line => EwokItem.Of(line, encoder))
            .ToList();
        return items.Count > 0
            ? new EwokEvaluation(items, source.Score)
            : throw JsonLines.Nothing(source.Data, "items in EWoK's schema");
    }
}
