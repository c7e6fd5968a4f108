using ReLoRA.Core.Models;

namespace ReLoRA.Core.Configuration;

/// <summary>The rules between ranks and the rest of a configuration with a low-rank method.</summary>
internal static class RankRules
{
    public static IEnumerable<ConfigFault> Check(RunConfig config) =>
        Sizes(config).Concat(ByLayer(config)).Concat(Changing(config.LowRank));

    /// <summary>A rank may be no larger than the smallest dimension of each linear it is the rank of.</summary>
    private static IEnumerable<ConfigFault> Sizes(RunConfig config)
    {
        var lowRank = config.LowRank;
        var targets = Architectures
            .Of(config.Model)
            .Weights(config.Model)
            .Where(weight => weight.IsLinear && RankRule.IsNamed(lowRank, weight.Owner))
            .ToLookup(weight => RankRule.LayerRule(lowRank, weight.Owner));
        var ranks = lowRank
            .Ranks.ByLayer.Select((rule, i) => ($"LowRank.Ranks.ByLayer[{i}].Rank", rule.Rank, Of: targets[i]))
            .Concat(lowRank.Ranks.ByCycle.Select((rank, i) => ($"LowRank.Ranks.ByCycle[{i}]", rank, targets[-1])))
            .Append(("LowRank.Ranks.Maximum", lowRank.Ranks.Maximum, targets.SelectMany(group => group)))
            .Prepend(("LowRank.Rank", lowRank.Rank, targets[-1]));
        foreach (var (path, rank, linears) in ranks)
        {
            if (linears.MinBy(linear => linear.Shape.Min()) is { } smallest && rank > smallest.Shape.Min())
                yield return new ConfigFault(
                    path,
                    $"{rank}",
                    $"at most {smallest.Shape.Min()}, the smaller dimension of {smallest.Owner}"
                );
        }
    }

    private static IEnumerable<ConfigFault> ByLayer(RunConfig config)
    {
        var lowRank = config.LowRank;
        var targets = LayerPattern.Names(config.Model).Where(name => RankRule.IsNamed(lowRank, name)).ToList();
        foreach (var (i, rule) in lowRank.Ranks.ByLayer.Index())
        {
            if (!targets.Any(name => LayerPattern.Covers(rule.Layers, name)))
                yield return new ConfigFault(
                    $"LowRank.Ranks.ByLayer[{i}].Layers",
                    rule.Layers,
                    $"a pattern that fits a target, for example {targets.FirstOrDefault("layers.0.*")}"
                );
        }
        if (targets.Count > 0 && !targets.Any(lowRank.IsTarget))
            yield return new ConfigFault(
                "LowRank.Ranks.ByLayer",
                $"{lowRank.Ranks.ByLayer}",
                $"a rank above 0 for at least one linear; {LowRankMethod.FullRank} trains all of them at full rank"
            );
    }

    private static IEnumerable<ConfigFault> Changing(LowRankConfig lowRank)
    {
        var ranks = lowRank.Ranks;
        if (!ranks.Changes || !lowRank.Method.Resets())
            yield break;
        if (ranks.ByCycle.Count > 0 && ranks.Explained > 0)
            yield return new ConfigFault(
                "LowRank.Ranks.Explained",
                FormattableString.Invariant($"{ranks.Explained}"),
                "0 with LowRank.Ranks.ByCycle: a rank is either scheduled or adaptive"
            );
        if (lowRank.Semantics.Restart == RestartRule.CarriedOver)
            yield return new ConfigFault(
                "LowRank.Semantics.Restart",
                $"{lowRank.Semantics.Restart}",
                $"{RestartRule.Reinitialise} where a reset changes ranks"
            );
        if (ranks.Maximum > 0 && ranks.Minimum > ranks.Maximum)
            yield return new ConfigFault(
                "LowRank.Ranks.Minimum",
                $"{ranks.Minimum}",
                $"at most LowRank.Ranks.Maximum ({ranks.Maximum})"
            );
    }
}
