namespace ReLoRA.Scripting.Searching;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra et al. 2011), each dimension on its own, with the settings that Optuna has by
/// default: of some candidates drawn where good trials lie, the one that is likeliest there against where the others lie.
/// </summary>
/// <param name="seed">The search's seed.</param>
internal sealed class TpeSampler(long seed) : ISampler
{
    /// <summary>Trials drawn at random before there is anything to learn from.</summary>
    public const int Startup = 10;

    private const int Candidates = 24;
    private const double GoodShare = 0.1;
    private const int MostGood = 25;
    private const int AtFullWeight = 25;

    private readonly RandomSampler random = new(seed);

    public Func<SearchDimension, double> Begin(long draw, IReadOnlyList<Trial> trials)
    {
        if (trials.Count < Startup)
            return random.Begin(draw, trials);
        var good = Trial
            .Ranked(trials)
            .Take(Math.Min(MostGood, (int)Math.Ceiling(GoodShare * trials.Count)))
            .ToHashSet(ReferenceEqualityComparer.Instance);
        var sorted = trials.ToLookup(good.Contains);
        return dimension => Choose(dimension, draw, sorted);
    }

    private double Choose(SearchDimension dimension, long draw, ILookup<bool, Trial> trials)
    {
        var near = Density(dimension, trials[true]);
        var far = Density(dimension, trials[false]);
        var numbers = new SearchRandom(seed, draw, dimension.Name);
        return Enumerable
            .Range(0, Candidates)
            .Select(_ => near.Draw(numbers))
            .MaxBy(value => near.Log(value) - far.Log(value));
    }

    /// <summary>Of the trials that have the dimension: a condition may have left it out.</summary>
    private static IDensity Density(SearchDimension dimension, IEnumerable<Trial> trials)
    {
        var values = trials
            .Where(trial => trial.Values.ContainsKey(dimension.Name))
            .Select(trial => trial.Values[dimension.Name])
            .ToList();
        var weights = Weights(values.Count);
        return dimension switch
        {
            RangeDimension range => new RangeDensity(range, values, weights),
            ChoiceDimension choice => new ChoiceDensity(choice, values, weights),
            _ => throw new ArgumentException($"There is no density of {dimension.GetType().Name}.", nameof(dimension)),
        };
    }

    /// <summary>One for the prior and for each of the last trials; those before count the less the older they are.</summary>
    private static double[] Weights(int trials)
    {
        var old = Math.Max(0, trials - AtFullWeight);
        double[] weights =
        [
            .. Enumerable
                .Range(0, old)
                .Select(i => old == 1 ? 1.0 / trials : 1.0 / trials + (1 - 1.0 / trials) * i / (old - 1)),
            .. Enumerable.Repeat(1.0, trials - old),
            1,
        ];
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
