using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Lambada;

/// <summary>
/// The last word of a text, as in LAMBADA (Paperno et al., ACL 2016): JSON lines with <c>text</c>, whose last word is what follows its last
/// white space, the white space included. Two figures, as harnesses report them:
/// <list type="bullet">
/// <item><c>accuracy</c>: the share of texts where every token of the last word is the one the model finds most probable there;</item>
/// <item><c>perplexity</c>: <c>exp</c> of the mean over texts of the negative logarithm of the whole word's probability: a word's, not a token's.</item>
/// </list>
/// </summary>
public sealed class LambadaEvaluator : Evaluator
{
    /// <inheritdoc/>
    public override string Name => "lambada";

    /// <inheritdoc/>
    public override string Summary =>
        "Accuracy and perplexity of the last word of texts: LAMBADA, or texts in its schema.";

    /// <inheritdoc/>
    public override IEvaluation Open(EvaluationSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var encoder = new ItemEncoder(source);
        var lines = JsonLines.Read(source.Data).ToList();
        var items = EvenSample
            .Take(lines, _ => "", source.Samples)
            .Select(line => LambadaItem.Of(line, encoder))
            .ToList();
        return items.Count > 0
            ? new LambadaEvaluation(items)
            : throw JsonLines.Nothing(source.Data, "texts in LAMBADA's schema");
    }
}
