using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.ModelFolders;

/// <summary>Names and shapes of the weights that a configuration asks for, known before any memory is taken for them.</summary>
internal static class ExpectedWeights
{
    /// <summary>In the published order: an adapter follows the weight it belongs to.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Of(ModelConfig model, LowRankConfig lowRank)
    {
        var architecture = Architectures.Of(model);
        lowRank = lowRank with { Targets = architecture.Targets(lowRank) };
        foreach (var weight in architecture.Weights(model))
        {
            yield return (weight.Name, weight.Shape);
            if (!weight.IsLinear || lowRank.Method != LowRankMethod.ReLoRA || !lowRank.IsTarget(weight.Owner))
                continue;
            yield return ($"{weight.Owner}.A_lora.weight", [lowRank.Rank, weight.Shape[1]]);
            yield return ($"{weight.Owner}.B_lora.weight", [weight.Shape[0], lowRank.Rank]);
        }
    }
}
