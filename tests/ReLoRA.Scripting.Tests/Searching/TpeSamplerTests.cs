using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Tests.Searching;

public sealed class TpeSamplerTests(ITestOutputHelper output)
{
    private const int Seeds = 40;

    /// <summary>Of 40 fair coins as many fall on one side with a chance of 0.019 (one-sided sign test).</summary>
    private const int Significant = 27;

    public static TheoryData<string, int> Surfaces =>
        new()
        {
            { "Branin", 60 },
            { "Hartmann", 60 },
            { "Tuning", 60 },
        };

    [Theory]
    [MemberData(nameof(Surfaces))]
    public void On_a_known_surface_it_comes_nearer_to_the_least_value_than_random_draws(string name, int trials)
    {
        var wins = Compare(name, Of(name), trials, out var better);
        Assert.True(better);
        Assert.True(wins >= Significant, $"{wins} of {Seeds}");
    }

    // Told rather than wished for: each knob is looked at on its own, so that an axis whose best values depend on another's misleads it.
    [Fact]
    public void With_one_axis_for_rates_that_differ_by_method_it_still_wins_at_the_median_but_not_reliably()
    {
        var wins = Compare("one axis for all rates", Surface.Pooled, 60, out var better);
        Assert.True(better);
        Assert.InRange(wins, Seeds / 3, Significant - 1);
    }

    [Fact]
    public void The_least_values_are_those_of_the_surfaces()
    {
        double[] hartmann = [0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573];
        var at = hartmann.Index().ToDictionary(x => $"x{x.Index}", x => x.Item);
        Assert.Equal(Surface.Hartmann.Least, Surface.Hartmann.Value(at), 1e-6);
        foreach (var (x, y) in ((double, double)[])[(-Math.PI, 12.275), (Math.PI, 2.275), (9.42478, 2.475)])
            Assert.Equal(
                Surface.Branin.Least,
                Surface.Branin.Value(new Dictionary<string, double> { ["x"] = x, ["y"] = y }),
                1e-6
            );
        var best = new Dictionary<string, double>
        {
            ["method"] = 1,
            ["rate1"] = Math.Pow(10, -1.5),
            ["rank1"] = 16,
        };
        Assert.Equal(Surface.Tuning.Least, Surface.Tuning.Value(best), 1e-12);
    }

    [Fact]
    public void What_is_proposed_follows_from_seed_draw_and_trials_alone()
    {
        var dimension = new RangeDimension("x", 0, 1, Scale.Linear, 0);
        var trials = Enumerable.Range(0, 12).Select(i => Made(dimension, i / 12.0, i)).ToList();
        double Propose(long seed, long draw) => new TpeSampler(seed).Begin(draw, trials)(dimension);
        Assert.Equal(Propose(1, 12), Propose(1, 12));
        Assert.NotEqual(Propose(1, 12), Propose(2, 12));
        Assert.NotEqual(Propose(1, 12), Propose(1, 13));
    }

    [Fact]
    public void Trials_that_diverged_are_kept_away_from()
    {
        var dimension = new RangeDimension("x", 0, 1, Scale.Linear, 0);
        var trials = Enumerable
            .Range(0, 40)
            .Select(i => Made(dimension, i / 40.0, i < 20 ? 1 + i / 100.0 : double.PositiveInfinity))
            .ToList();
        var proposed = Enumerable
            .Range(40, 200)
            .Select(draw => new TpeSampler(0).Begin(draw, trials)(dimension))
            .ToList();
        Assert.All(proposed, value => Assert.InRange(value, 0, 1));
        Assert.True(proposed.Count(value => value < 0.5) > 180);
    }

    [Fact]
    public void A_range_of_whole_numbers_gives_each_of_them_and_no_other()
    {
        var dimension = new RangeDimension("rank", 1, 8, Scale.Log, 1);
        var trials = Enumerable.Range(0, 12).Select(i => Made(dimension, 1 + i % 8, i)).ToList();
        var proposed = Enumerable
            .Range(0, 500)
            .Select(draw => new TpeSampler(0).Begin(draw, trials)(dimension))
            .ToList();
        Assert.All(proposed, value => Assert.Contains(value, Enumerable.Range(1, 8).Select(i => (double)i)));
    }

    /// <summary>With how many seeds TPE comes nearer than random draws, and whether it does at the median.</summary>
    private int Compare(string name, Surface surface, int trials, out bool better)
    {
        var tpe = Regrets(surface, seed => new TpeSampler(seed), trials);
        var random = Regrets(surface, seed => new RandomSampler(seed), trials);
        var sobol = Regrets(surface, seed => new SobolSampler(surface.Dimensions, seed), trials);
        var wins = tpe.Zip(random).Count(pair => pair.First < pair.Second);
        output.WriteLine(
            $"{name}, {trials} trials: TPE {Quartiles(tpe)}, random {Quartiles(random)}, Sobol {Quartiles(sobol)}; TPE nearer with {wins} of {Seeds} seeds"
        );
        better = Median(tpe) < Median(random);
        return wins;
    }

    private static List<double> Regrets(Surface surface, Func<long, ISampler> sampler, int trials) =>
        [.. Enumerable.Range(0, Seeds).Select(seed => surface.Regret(sampler, seed, trials))];

    private static Surface Of(string name) =>
        name == "Branin" ? Surface.Branin
        : name == "Hartmann" ? Surface.Hartmann
        : Surface.Tuning;

    private static Trial Made(SearchDimension dimension, double value, double score) =>
        new(new Dictionary<string, double> { [dimension.Name] = value }, 1, score);

    private static double Median(List<double> values) => values.Order().Skip((values.Count - 1) / 2).Take(2).Average();

    private static string Quartiles(List<double> values)
    {
        var order = values.Order().ToList();
        return FormattableString.Invariant(
            $"{Median(values):G3} [{order[values.Count / 4]:G3}, {order[3 * values.Count / 4]:G3}]"
        );
    }
}
