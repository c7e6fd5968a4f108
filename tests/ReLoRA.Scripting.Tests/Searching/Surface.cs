using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Tests.Searching;

/// <summary>A function with a known least value.</summary>
/// <param name="Dimensions">What is chosen.</param>
/// <param name="Value">The value without noise.</param>
/// <param name="Least">Its least value.</param>
/// <param name="Noise">Standard deviation of what a search sees beside it.</param>
/// <param name="Asks">Whether a dimension is asked for, given those before it.</param>
internal sealed record Surface(
    IReadOnlyList<SearchDimension> Dimensions,
    Func<IReadOnlyDictionary<string, double>, double> Value,
    double Least,
    double Noise,
    Func<SearchDimension, IReadOnlyDictionary<string, double>, bool> Asks
)
{
    private static readonly double[] s_heights = [1.0, 1.2, 3.0, 3.2];

    private static readonly double[][] s_slopes =
    [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ];

    private static readonly double[][] s_centres =
    [
        [1312, 1696, 5569, 124, 8283, 5886],
        [2329, 4135, 8307, 3736, 1004, 9991],
        [2348, 1451, 3522, 2883, 3047, 6650],
        [4047, 8828, 8732, 5743, 1091, 381],
    ];

    /// <summary>Branin: two dimensions, three equal minima.</summary>
    public static Surface Branin { get; } =
        new(
            [Range("x", -5, 10), Range("y", 0, 15)],
            at =>
            {
                var (x, y) = (at["x"], at["y"]);
                var bent = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
                return bent * bent + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10;
            },
            0.39788735772973816,
            0,
            (_, _) => true
        );

    /// <summary>Hartmann in six dimensions: four hills, one deepest.</summary>
    public static Surface Hartmann { get; } =
        new(
            [.. Enumerable.Range(0, 6).Select(i => Range($"x{i}", 0, 1))],
            at =>
                -Enumerable
                    .Range(0, 4)
                    .Sum(hill =>
                        s_heights[hill]
                        * Math.Exp(
                            -Enumerable
                                .Range(0, 6)
                                .Sum(i => s_slopes[hill][i] * Math.Pow(at[$"x{i}"] - s_centres[hill][i] / 10_000, 2))
                        )
                    ),
            -3.32236801141551,
            0,
            (_, _) => true
        );

    /// <summary>
    /// What tuning looks like: the loss is a bowl over the logarithm of the learning rate, whose bottom lies elsewhere for each of three
    /// methods, so that each has an axis of its own; one has a rank besides. With the noise of seeds.
    /// </summary>
    public static Surface Tuning { get; } =
        new(
            [
                new ChoiceDimension("method", 3),
                .. Enumerable.Range(0, 3).Select(method => Range($"rate{method}", 1e-5, 1, Scale.Log)),
                new RangeDimension("rank1", 1, 64, Scale.Log, 1),
            ],
            at => Bowl((int)at["method"], at[$"rate{(int)at["method"]}"], at.GetValueOrDefault("rank1")),
            2.8,
            0.02,
            (dimension, at) =>
                dimension.Name == "method" || dimension.Name.EndsWith($"{at["method"]}", StringComparison.Ordinal)
        );

    /// <summary>The same, with one axis for the rates of all methods.</summary>
    public static Surface Pooled { get; } =
        Tuning with
        {
            Dimensions = [Tuning.Dimensions[0], Range("rate", 1e-5, 1, Scale.Log), Tuning.Dimensions[^1]],
            Value = at => Bowl((int)at["method"], at["rate"], at.GetValueOrDefault("rank1")),
            Asks = (dimension, at) => dimension.Name != "rank1" || at["method"] == 1,
        };

    /// <summary>How far above the least value the best of some trials lies, noise left out.</summary>
    public double Regret(Func<long, ISampler> sampler, long seed, int trials)
    {
        var chosen = sampler(seed);
        var made = new List<Trial>();
        var best = (Seen: double.PositiveInfinity, Value: double.PositiveInfinity);
        for (var draw = 0; draw < trials; draw++)
        {
            var pick = chosen.Begin(draw, made);
            var values = new Dictionary<string, double>();
            foreach (var dimension in Dimensions.Where(one => Asks(one, values)))
                values[dimension.Name] = pick(dimension);
            var value = Value(values);
            var seen = value + Noise * new SearchRandom(seed, draw, "noise").NextNormal();
            made.Add(new Trial(values, 1, seen));
            best = seen < best.Seen ? (seen, value) : best;
        }
        return best.Value - Least;
    }

    private static double Bowl(int method, double rate, double rank)
    {
        double[] best = [-2.5, -1.5, -3.5];
        double[] bottom = [3.0, 3.1, 3.2];
        var off = Math.Log10(rate) - best[method];
        return bottom[method] + 0.3 * off * off + (method == 1 ? -0.3 + 0.1 * Math.Abs(Math.Log2(rank) - 4) : 0);
    }

    private static RangeDimension Range(string name, double low, double high, Scale scale = Scale.Linear) =>
        new(name, low, high, scale, 0);
}
