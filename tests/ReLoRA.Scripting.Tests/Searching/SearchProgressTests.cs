using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Tests.Searching;

public sealed class SearchProgressTests(ITestOutputHelper output)
{
    private static readonly SearchRungs Whole = new([320], 1, 1);
    private static readonly SearchRungs Halved = new([40, 120, 360], 3, 1);

    [Fact]
    public void A_search_without_halving_trains_every_trial_to_its_end()
    {
        var search = Search(Rates(), Rules(20, Whole));
        var jobs = Run(search, Loss);
        Assert.Equal(Enumerable.Range(1, 20), jobs.Select(job => job.Trial.Number));
        Assert.Equal(20 * 320, search.Tokens);
        Assert.Equal("all trials are drawn", search.Drawn);
    }

    [Fact]
    public void Of_each_rung_one_in_eta_goes_on_and_the_best_is_trained_to_its_end()
    {
        var search = Search(Rates(), Rules(27, Halved));
        Run(search, Loss);
        var reached = Enumerable
            .Range(0, 3)
            .Select(rung => search.Trials.Count(trial => trial.Scores.Count > rung))
            .ToArray();
        Assert.Equal(27, reached[0]);
        // More than a third where a trial that went on early was overtaken: decisions are not taken back.
        Assert.InRange(reached[1], 9, 14);
        Assert.InRange(reached[2], 3, 7);
        var best = search.Trials.MinBy(trial => trial.Scores[0])!;
        Assert.Equal(3, best.Scores.Count);
    }

    [Fact]
    public void Few_trials_end_with_one_of_full_length_too()
    {
        var search = Search(Rates(), Rules(2, Halved));
        Run(search, Loss);
        Assert.Equal(1, search.Trials.Count(trial => trial.Scores.Count == 3));
    }

    [Fact]
    public void Trials_that_diverge_are_the_worst_and_never_go_on()
    {
        var search = Search(Rates(), Rules(12, Halved));
        Run(search, (_, _) => double.PositiveInfinity);
        Assert.All(search.Trials, trial => Assert.Equal([double.PositiveInfinity], trial.Scores));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(1000)]
    [InlineData(2345)]
    public void The_budget_is_never_passed_and_leaves_enough_for_one_trial_of_full_length(long budget)
    {
        var search = Search(Rates(), Rules(1000, Halved) with { Budget = budget });
        Run(search, Loss);
        Assert.InRange(search.Tokens, budget - 360, budget);
        Assert.Contains(search.Trials, trial => trial.Scores.Count == 3);
        Assert.Equal("the budget is spent", search.Drawn);
    }

    // At full rank the rank is without effect, so that four combinations are two cells.
    [Fact]
    public void A_space_that_is_tried_through_ends_the_search()
    {
        var search = Search(
            sweep =>
                sweep
                    .Grid(c => c.Data.BatchSize, 2, 4, 8)
                    .Grid(c => c.LowRank.Rank, 2, 4)
                    .Where(c => c.Data.BatchSize < 8),
            Rules(50, Whole)
        );
        Run(search, Loss);
        Assert.Equal(2, search.Trials.Count);
        Assert.Equal("no combination is left that was not tried", search.Drawn);
    }

    [Fact]
    public void Axes_within_a_condition_are_drawn_where_it_holds_and_the_others_stay_what_they_were()
    {
        var search = Search(
            sweep =>
                sweep
                    .Grid(c => c.LowRank.Method, LowRankMethod.FullRank, LowRankMethod.ReLoRA)
                    .When(
                        c => c.LowRank.Method == LowRankMethod.ReLoRA,
                        s => s.Range(c => c.LowRank.Rank, 2, 32, Scale.Log)
                    )
                    .Derive(c => c.LowRank.Alpha, c => 2.0 * c.LowRank.Rank)
                    .Range(c => c.Optimizer.LearningRate, 1e-4, 1e-2, Scale.Log),
            Rules(40, Whole)
        );
        Run(search, Loss);
        var (full, low) = (Of(LowRankMethod.FullRank), Of(LowRankMethod.ReLoRA));
        Assert.NotEmpty(full);
        Assert.NotEmpty(low);
        Assert.All(full, trial => Assert.Equal(["LowRank.Method", "Optimizer.LearningRate"], trial.Point.Values.Keys));
        Assert.All(low, trial => Assert.Equal(2.0 * trial.Point.Config.LowRank.Rank, trial.Point.Config.LowRank.Alpha));
        Assert.Matches(@"^ReLoRA Rank=\d+ LearningRate=[\d.E-]+$", low[0].Point.Label());
        Assert.Matches(@"^FullRank LearningRate=[\d.E-]+$", full[0].Point.Label());

        List<SearchTrial> Of(LowRankMethod method) =>
            [.. search.Trials.Where(trial => trial.Point.Config.LowRank.Method == method)];
    }

    [Theory]
    [InlineData("random")]
    [InlineData("tpe")]
    [InlineData("sobol")]
    public void A_search_that_is_cut_anywhere_goes_on_with_the_trials_of_a_straight_one(string sampler)
    {
        var rules = Rules(20, Halved) with { Generation = 3 };
        var straight = Search(Rates(), rules, sampler);
        var jobs = Run(straight, Loss);
        for (var cut = 0; cut <= jobs.Count; cut += 5)
        {
            // What a log would hold: the first jobs of it, in whatever order those of one generation ended.
            var known = jobs.Take(cut)
                .ToDictionary(job => (job.Trial.Number, job.Rung), job => job.Trial.Scores[job.Rung]);
            var again = Search(Rates(), rules, sampler);
            Run(
                again,
                (trial, rung) => known.TryGetValue((trial.Number, rung), out var score) ? score : Loss(trial, rung)
            );
            Assert.Equal(
                straight.Trials.Select(trial => (trial.Point.Config, trial.Scores.Count)),
                again.Trials.Select(trial => (trial.Point.Config, trial.Scores.Count))
            );
        }
    }

    // To the loss that random search without halving ends at; curves that cross early make it no easier than it is.
    [Fact]
    public void Halving_comes_to_the_best_loss_of_random_search_with_less_tokens()
    {
        const int seeds = 24;
        var shares = Enumerable.Range(0, seeds).Select(Share).Order().ToList();
        output.WriteLine(
            FormattableString.Invariant(
                $"tokens of ASHA to the best loss of 27 random trials, as a share of theirs: {shares[seeds / 2]:P0} [{shares[seeds / 4]:P0}, {shares[3 * seeds / 4]:P0}]"
            )
        );
        Assert.True(shares.Count(share => share < 1) >= 18);

        static double Share(int seed)
        {
            var rules = Rules(27, Halved) with { Seed = seed };
            var plain = Search(Rates(), rules with { Rungs = new SearchRungs([360], 1, 1) });
            Run(plain, (trial, _) => Curve(trial, 360));
            var aim = plain.Trials.Min(trial => trial.Scores[0]);
            var search = Search(Rates(), rules with { Trials = 1000, Budget = 100_000 });
            var tokens = 0L;
            while (search.Next() is { Count: > 0 } jobs)
                foreach (var job in jobs)
                {
                    var score = Curve(job.Trial, Halved.Steps[job.Rung]);
                    SearchProgress.Report(job, score);
                    if (job.Rung == Halved.Top && score <= aim)
                        return search.Tokens / (double)plain.Tokens;
                    tokens = search.Tokens;
                }
            return tokens / (double)plain.Tokens;
        }
    }

    /// <summary>A learning curve: high rates begin better than they end.</summary>
    private static double Curve(SearchTrial trial, long step)
    {
        var off = Math.Log10(trial.Point.Config.Optimizer.LearningRate) + 2.5;
        return 3 + 0.5 * off * off + (4 - 0.5 * off) * Math.Pow(step / 360.0 + 0.05, -0.5) * 0.1;
    }

    private static double Loss(SearchTrial trial, int rung) =>
        Math.Abs(Math.Log10(trial.Point.Config.Optimizer.LearningRate) + 2.5) - 0.1 * rung;

    private static Func<SweepDeclaration, SweepDeclaration> Rates() =>
        sweep => sweep.Range(c => c.Optimizer.LearningRate, 1e-4, 3e-2, Scale.Log);

    private static SearchRules Rules(int trials, SearchRungs rungs) => new(trials, 1, 0, long.MaxValue / 2, rungs);

    private static SearchProgress Search(
        Func<SweepDeclaration, SweepDeclaration> axes,
        SearchRules rules,
        string sampler = "random"
    )
    {
        // Declarations are those of the last globals made here.
        _ = new ScriptGlobals([]);
        var space = new SearchSpace(axes(ScriptGlobals.Sweep("s", Presets.Nano)));
        return new SearchProgress(
            space,
            sampler == "tpe" ? new TpeSampler(rules.Seed)
                : sampler == "sobol" ? new SobolSampler(space.Dimensions, rules.Seed)
                : new RandomSampler(rules.Seed),
            rules
        );
    }

    private static List<SearchJob> Run(SearchProgress search, Func<SearchTrial, int, double> score)
    {
        var all = new List<SearchJob>();
        while (search.Next() is { Count: > 0 } jobs)
        {
            // As workers end: in any order.
            foreach (var job in jobs.Reverse())
                SearchProgress.Report(job, score(job.Trial, job.Rung));
            all.AddRange(jobs);
        }
        return all;
    }
}
