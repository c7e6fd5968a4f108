using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>The figure that evidence stands for.</summary>
internal static class RatioValue
{
    public static double Of(Evidence.Ratio evidence)
    {
        var ratios = evidence.Parts.Select(part => part.Numerators.Sum() / part.Denominators.Sum()).ToList();
        return (evidence.Transform, evidence.Mean) switch
        {
            (RatioTransform.Exponential, RatioMean.Geometric) => Math.Exp(ratios.Average()),
            (RatioTransform.Exponential, _) => ratios.Average(Math.Exp),
            (_, RatioMean.Geometric) => Math.Exp(ratios.Average(Math.Log)),
            _ => ratios.Average(),
        };
    }
}
