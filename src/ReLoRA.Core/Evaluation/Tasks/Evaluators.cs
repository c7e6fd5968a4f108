using ReLoRA.Core.Evaluation.Blimp;
using ReLoRA.Core.Evaluation.Ewok;
using ReLoRA.Core.Evaluation.Lambada;
using ReLoRA.Core.Evaluation.Perplexity;

namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>The evaluators there are. A new one is a folder and a line here.</summary>
public static class Evaluators
{
    /// <summary>All of them, in the order of <c>--help</c>.</summary>
    public static IReadOnlyList<Evaluator> All { get; } =
    [new BlimpEvaluator(), new PerplexityTask(), new EwokEvaluator(), new LambadaEvaluator()];

    /// <summary>The one of that name, or null.</summary>
    /// <param name="name">For example <c>blimp</c>.</param>
    public static Evaluator? Find(string name) => All.FirstOrDefault(evaluator => evaluator.Name == name);
}
