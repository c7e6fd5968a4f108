using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.ModelFolders;

/// <summary>Names and shapes of the weights that a configuration asks for, known before any memory is taken for them.</summary>
internal static class ExpectedWeights
{
    /// <summary>In the published order: an adapter follows the weight it belongs to.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Of(ModelConfig model, LowRankConfig lowRank)
    {
        foreach (var weight in Architectures.Of(model).Weights(model))
        {
            yield return (weight.Name, weight.Shape);
            if (!weight.IsLinear || RankRule.Largest(lowRank, weight.Owner) is not (> 0 and var rank))
                continue;
            yield return ($"{weight.Owner}.A_lora.weight", [rank, weight.Shape[1]]);
            yield return ($"{weight.Owner}.B_lora.weight", [weight.Shape[0], rank]);
        }
    }
}
