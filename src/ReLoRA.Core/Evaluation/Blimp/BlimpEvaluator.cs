using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Blimp;

/// <summary>
/// Minimal pairs in the schema of BLiMP, by the "simple LM method" of Warstadt et al. (BLiMP, TACL 2020): a pair is right if the
/// model finds the whole good sentence strictly more probable than the bad one. A sentence's score is
/// <c>sum over t &gt; 1 of log p(x_t | x_1 .. x_t-1)</c>, or the mean over its scored tokens; after a start token <c>x_1</c> is scored too.
/// A group's accuracy is the mean of its paradigms' accuracies.
/// </summary>
public sealed class BlimpEvaluator : Evaluator
{
    /// <inheritdoc/>
    public override string Name => "blimp";

    /// <inheritdoc/>
    public override string Summary => "Accuracy on minimal pairs of sentences: BLiMP, or a suite in its schema.";

    /// <inheritdoc/>
    public override IEvaluation Open(EvaluationSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var pairs = BlimpReader.Read(source);
        return pairs.Count > 0
            ? new BlimpEvaluation(pairs, source.Score)
            : throw JsonLines.Nothing(source.Data, "minimal pairs");
    }
}
