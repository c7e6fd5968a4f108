namespace ReLoRA.Core.Configuration;

/// <summary>What the methods have in common.</summary>
public static class LowRankMethods
{
    /// <summary>Whether the method puts adapters beside a weight.</summary>
    /// <param name="method">The method.</param>
    public static bool HasAdapters(this LowRankMethod method) => method == LowRankMethod.LoRA || method.Resets();

    /// <summary>Whether the method merges its adapters and starts them afresh.</summary>
    /// <param name="method">The method.</param>
    public static bool Resets(this LowRankMethod method) => method is LowRankMethod.ReLoRA or LowRankMethod.FrozenA;
}
