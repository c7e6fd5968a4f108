namespace ReLoRA.Scripting.Searching;

/// <summary>How often each option was taken, with one more count for the prior, shared by all.</summary>
internal sealed class ChoiceDensity : IDensity
{
    private readonly double[] shares;

    /// <param name="dimension">The choice.</param>
    /// <param name="values">The options taken.</param>
    /// <param name="weights">What each counts, and the prior last; they sum to 1.</param>
    public ChoiceDensity(ChoiceDimension dimension, IReadOnlyList<double> values, double[] weights)
    {
        shares = [.. Enumerable.Repeat(weights[^1] / dimension.Options, dimension.Options)];
        for (var i = 0; i < values.Count; i++)
            shares[(int)values[i]] += weights[i];
    }

    public double Draw(SearchRandom random) => WeightedDraw.Of(shares, random.Next());

    public double Log(double value) => Math.Log(shares[(int)value]);
}
