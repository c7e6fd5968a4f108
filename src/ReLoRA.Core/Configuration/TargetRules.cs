namespace ReLoRA.Core.Configuration;

/// <summary>The rules between a low-rank method and the linears that it is given to.</summary>
internal static class TargetRules
{
    public static IEnumerable<ConfigFault> Check(RunConfig config)
    {
        var (model, lowRank) = (config.Model, config.LowRank);
        if (lowRank.Targets.Count == 0 || lowRank.Targets.Any(string.IsNullOrWhiteSpace))
        {
            yield return new ConfigFault(
                "LowRank.Targets",
                $"{lowRank.Targets}",
                "at least one part of a linear's name, for example attention or swiglu"
            );
            yield break;
        }
        var names = LayerPattern.Names(model).ToList();
        foreach (var target in lowRank.Targets.Where(target => !names.Any(name => Contains(name, target))))
            yield return new ConfigFault(
                "LowRank.Targets",
                $"\"{target}\", which matches no linear",
                $"parts of names from {names[0]} to {names[^1]}, for example attention or swiglu.w_2"
            );
        var narrowest = names.Where(lowRank.IsTarget).Select(name => (Name: name, Side: Side(name, model))).ToList();
        if (narrowest.Count == 0)
            yield break;
        var (narrow, side) = narrowest.MinBy(linear => linear.Side);
        if (lowRank.Rank > side)
            yield return new ConfigFault(
                "LowRank.Rank",
                $"{lowRank.Rank}",
                $"at most {side}, the smaller side of {narrow}",
                "Choose other targets for a higher rank."
            );
    }

    private static bool Contains(string name, string target) =>
        name.Contains(target, StringComparison.OrdinalIgnoreCase);

    /// <summary>The smaller of a linear's inputs and outputs.</summary>
    private static int Side(string name, ModelConfig model)
    {
        if (name.EndsWith("k_proj", StringComparison.Ordinal) || name.EndsWith("v_proj", StringComparison.Ordinal))
            return Math.Min(model.Width, model.KeyValueHeads * model.HeadWidth);
        return name.Contains("swiglu", StringComparison.Ordinal)
            ? Math.Min(model.Width, model.HiddenWidth)
            : model.Width;
    }
}
