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
            var rank = weight.IsLinear ? RankRule.Largest(lowRank, weight.Owner) : 0;
            if (rank == 0 || lowRank.Method != LowRankMethod.LowRank)
                yield return (weight.Name, weight.Shape);
            if (rank == 0)
                continue;
            if (lowRank is { Scaling: AdapterScaling.TrainableTanh, Method: not LowRankMethod.LowRank })
                yield return ($"{weight.Owner}.s", [1]);
            yield return ($"{weight.Owner}.A_lora.weight", [rank, weight.Shape[1]]);
            yield return ($"{weight.Owner}.B_lora.weight", [weight.Shape[0], rank]);
        }
    }
}
