using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;

namespace ReLoRA.Core.Accounting;

/// <summary>How large a run is, from its configuration alone: no weight is made.</summary>
/// <param name="Parameters">Numbers in all weights, adapters included.</param>
/// <param name="Trained">Numbers in those that train, after a warm start.</param>
/// <param name="Cost">Floating-point operations of a token, after a warm start.</param>
/// <param name="Operations">Floating-point operations of the whole training.</param>
public sealed record RunSize(long Parameters, long Trained, TrainingCost Cost, double Operations)
{
    /// <summary>The size of a run.</summary>
    /// <param name="config">The run.</param>
    public static RunSize Of(RunConfig config)
    {
        var normal = ConfigNormalizer.Normalize(config);
        var weights = new TrainedWeights(normal, isWarm: false);
        var warmSteps = Math.Min(normal.LowRank.WarmStartSteps, normal.Steps);
        var warm = warmSteps == 0 ? weights : new TrainedWeights(normal, isWarm: true);
        var operations = ((normal.Steps - warmSteps) * weights.Cost.Training) + (warmSteps * warm.Cost.Training);
        return new RunSize(weights.Stored, weights.Trained, weights.Cost, normal.TokensPerStep * operations);
    }
}
