namespace ReLoRA.Scripting.Searching;

/// <summary>
/// Where the values of a range lie: a mixture of normal kernels, one a value, cut off at the bounds, and one as wide as the range
/// for the prior. A kernel is as wide as the way to the further of its neighbours.
/// </summary>
internal sealed class RangeDensity : IDensity
{
    private const double MostKernels = 100;

    private readonly RangeDimension dimension;
    private readonly double[] centres;
    private readonly double[] widths;
    private readonly double[] weights;
    private readonly double[] logFactors;

    /// <param name="dimension">The range.</param>
    /// <param name="values">The values.</param>
    /// <param name="weights">What each counts, and the prior last; they sum to 1.</param>
    public RangeDensity(RangeDimension dimension, IReadOnlyList<double> values, double[] weights)
    {
        (this.dimension, this.weights) = (dimension, weights);
        var (start, end) = (dimension.Start, dimension.End);
        centres = [.. values.Select(dimension.Coordinate), (start + end) / 2];
        widths = Widths(centres, start, end);
        logFactors = new double[centres.Length];
        for (var i = 0; i < centres.Length; i++)
        {
            var inside = NormalDistribution.Mass((start - centres[i]) / widths[i], (end - centres[i]) / widths[i]);
            logFactors[i] = Math.Log(weights[i] / inside);
        }
    }

    public double Draw(SearchRandom random)
    {
        var kernel = WeightedDraw.Of(weights, random.Next());
        while (true)
        {
            // A centre lies inside and a width is at most the range, so that a third of these are inside at least.
            var coordinate = centres[kernel] + widths[kernel] * random.NextNormal();
            if (coordinate >= dimension.Start && coordinate <= dimension.End)
                return dimension.At(coordinate);
        }
    }

    public double Log(double value)
    {
        var sum = 0.0;
        var (from, to) = dimension.IsDiscrete ? dimension.Bin(value) : default;
        var coordinate = dimension.Coordinate(value);
        for (var i = 0; i < centres.Length; i++)
        {
            var (centre, width) = (centres[i], widths[i]);
            if (dimension.IsDiscrete)
            {
                sum +=
                    Math.Exp(logFactors[i]) * NormalDistribution.Mass((from - centre) / width, (to - centre) / width);
                continue;
            }
            var distance = (coordinate - centre) / width;
            sum += Math.Exp(logFactors[i] + NormalDistribution.LogOfPeak - distance * distance / 2) / width;
        }
        return Math.Log(sum);
    }

    private static double[] Widths(double[] centres, double start, double end)
    {
        var range = end - start;
        var least = range / Math.Min(MostKernels, 1 + centres.Length);
        var order = Enumerable.Range(0, centres.Length).OrderBy(i => centres[i]).ToArray();
        var widths = new double[centres.Length];
        for (var place = 0; place < order.Length; place++)
        {
            var here = centres[order[place]];
            // The outermost have one neighbour only: the bounds are none.
            var below = place > 0 ? here - centres[order[place - 1]] : 0;
            var above = place < order.Length - 1 ? centres[order[place + 1]] - here : 0;
            widths[order[place]] = Math.Clamp(Math.Max(below, above), least, range);
        }
        widths[^1] = range;
        return widths;
    }
}
