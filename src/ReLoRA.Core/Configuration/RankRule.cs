namespace ReLoRA.Core.Configuration;

/// <summary>Which rank a linear's adapter has, and when.</summary>
public static class RankRule
{
    /// <summary>The rank of the first cycle; 0 where the linear is of full rank.</summary>
    /// <param name="lowRank">The method's settings.</param>
    /// <param name="linear">The linear's published name.</param>
    public static int First(LowRankConfig lowRank, string linear)
    {
        if (lowRank.Method == LowRankMethod.FullRank || !IsNamed(lowRank, linear))
            return 0;
        return OfLayer(lowRank, linear) ?? OfCycle(lowRank, 0);
    }

    /// <summary>Whether <see cref="LowRankConfig.Targets"/> names a linear, whatever rank it then has.</summary>
    internal static bool IsNamed(LowRankConfig lowRank, string linear) =>
        lowRank.Targets.Any(target => LayerPattern.Covers(target, linear));

    /// <summary>The rank that memory is taken for: no cycle has a larger one.</summary>
    /// <param name="lowRank">The method's settings.</param>
    /// <param name="linear">The linear's published name.</param>
    public static int Largest(LowRankConfig lowRank, string linear)
    {
        var first = First(lowRank, linear);
        if (first == 0 || !lowRank.Method.Resets())
            return first;
        if (lowRank.Ranks.Explained > 0)
            return Math.Max(first, lowRank.Ranks.Maximum);
        return OfLayer(lowRank, linear) is null ? lowRank.Ranks.ByCycle.Append(first).Max() : first;
    }

    /// <summary>The rank after a reset.</summary>
    /// <param name="lowRank">The method's settings.</param>
    /// <param name="linear">The linear's published name.</param>
    /// <param name="reset">The reset's number, from 1.</param>
    /// <param name="rank">The rank of the cycle that ends.</param>
    /// <param name="spectrum">Singular values of the update it merged, in descending order.</param>
    public static int Next(LowRankConfig lowRank, string linear, int reset, int rank, IReadOnlyList<double> spectrum)
    {
        if (lowRank.Ranks.Explained > 0)
            return Adapt(lowRank, linear, rank, spectrum);
        return OfLayer(lowRank, linear) is null && lowRank.Ranks.ByCycle.Count > 0 ? OfCycle(lowRank, reset) : rank;
    }

    /// <summary>How many of the singular values hold a share of their squares; 0 where all are zero.</summary>
    /// <param name="spectrum">Singular values in descending order.</param>
    /// <param name="share">Between 0 and 1.</param>
    public static int Explaining(IReadOnlyList<double> spectrum, double share)
    {
        var needed = share * spectrum.Sum(value => value * value);
        var held = 0.0;
        for (var count = 0; count < spectrum.Count; count++)
        {
            if (held >= needed)
                return count;
            held += spectrum[count] * spectrum[count];
        }
        return spectrum.Count;
    }

    private static int Adapt(LowRankConfig lowRank, string linear, int rank, IReadOnlyList<double> spectrum)
    {
        var needed = Explaining(spectrum, lowRank.Ranks.Explained);
        // A cycle that moved nothing says nothing about the rank it needed.
        if (needed == 0)
            return rank;
        var wanted = needed >= rank ? 2 * rank : needed;
        var largest = Largest(lowRank, linear);
        return Math.Clamp(wanted, Math.Min(lowRank.Ranks.Minimum, largest), largest);
    }

    /// <summary>The first rule of <see cref="RankConfig.ByLayer"/> that fits a linear; -1 if none does.</summary>
    internal static int LayerRule(LowRankConfig lowRank, string linear)
    {
        var rules = lowRank.Ranks.ByLayer;
        for (var i = 0; i < rules.Count; i++)
        {
            if (LayerPattern.Covers(rules[i].Layers, linear))
                return i;
        }
        return -1;
    }

    private static int? OfLayer(LowRankConfig lowRank, string linear) =>
        LayerRule(lowRank, linear) is >= 0 and var rule ? lowRank.Ranks.ByLayer[rule].Rank : null;

    private static int OfCycle(LowRankConfig lowRank, int cycle)
    {
        var ranks = lowRank.Ranks.ByCycle;
        return ranks.Count == 0 || !lowRank.Method.Resets() ? lowRank.Rank : ranks[Math.Min(cycle, ranks.Count - 1)];
    }
}
