using ReLoRA.Core.Models;

namespace ReLoRA.Core.Configuration;

/// <summary>The rules between a low-rank method's targets and the linears that there are.</summary>
internal static class TargetRules
{
    public static IEnumerable<ConfigFault> Check(RunConfig config)
    {
        var lowRank = config.LowRank;
        if (lowRank.Targets.Count == 0 || lowRank.Targets.Any(string.IsNullOrWhiteSpace))
            yield return new ConfigFault(
                "LowRank.Targets",
                $"{lowRank.Targets}",
                "at least one part of a linear's name, for example attention or swiglu"
            );
        else if (Unknown(config) is { Count: > 0 } unknown)
            yield return new ConfigFault(
                "LowRank.Targets",
                $"{lowRank.Targets}, of which {string.Join(" and ", unknown)} {(unknown.Count == 1 ? "is" : "are")} in no linear's name",
                $"parts of {string.Join(", ", BlockLinears(config.Model))}, with layers.0. to layers.{config.Model.Layers - 1}. before them"
            );
    }

    private static List<string> Unknown(RunConfig config)
    {
        var linears = LayerPattern.Names(config.Model).ToList();
        return [.. config.LowRank.Targets.Where(target => !linears.Any(name => LayerPattern.Covers(target, name)))];
    }

    /// <summary>The names of the first block's linears, without the block's.</summary>
    private static IEnumerable<string> BlockLinears(ModelConfig model) =>
        Architectures.Of(model).Linears(model with { Layers = 1 }).Select(name => name["layers.0.".Length..]);
}
