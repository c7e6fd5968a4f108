using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>Keeps the largest entries of a tensor (Lialin et al. 2023).</summary>
public static class MagnitudePruning
{
    /// <summary>Clears, in place, every entry whose magnitude does not exceed the quantile. A NaN stays one.</summary>
    /// <param name="values">The tensor.</param>
    /// <param name="ratio">The quantile, 0 to 1.</param>
    public static void Apply(Tensor values, double ratio)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var magnitudes = values.abs();
        var threshold = tensor(Quantile(magnitudes, ratio), dtype: values.dtype, device: values.device);
        values.mul_(magnitudes.gt(threshold));
    }

    /// <summary>The quantile with linear interpolation, its rank and itself in 32 bits as PyTorch computes it; NaN where a value is.</summary>
    internal static float Quantile(Tensor values, double ratio)
    {
        using var scope = NewDisposeScope();
        var (sorted, _) = values.flatten().to(float32).sort();
        // NaNs are sorted last.
        var largest = sorted[-1].item<float>();
        if (float.IsNaN(largest))
            return largest;
        var rank = (float)ratio * (sorted.numel() - 1);
        var below = MathF.Floor(rank);
        var weight = rank - below;
        var (low, high) = (sorted[(long)below].item<float>(), sorted[(long)MathF.Ceiling(rank)].item<float>());
        return weight < 0.5f ? low + (weight * (high - low)) : high - ((high - low) * (1 - weight));
    }
}
