using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Tests.Language;

public sealed class SearchLanguageTests : IDisposable
{
    private const string Rate = ".Range(c => c.Optimizer.LearningRate, 1e-4, 3e-2, Scale.Log)";

    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_search_is_told_with_its_axes_rungs_and_most_tokens()
    {
        var search = await SearchAsync(
            Rate
                + ".Grid(c => c.LowRank.Method, LowRankMethod.FullRank, LowRankMethod.ReLoRA)"
                + ".When(c => c.LowRank.Method == LowRankMethod.ReLoRA, s => s.Range(c => c.LowRank.Rank, 2, 32, Scale.Log).Range(c => c.LowRank.ResetEvery, 40, 160, step: 40))"
                + ".Search(Tpe(trials: 24, seed: 7, parallel: 4).With(Asha(eta: 2, minTokens: 80 * 1536))).Seeds(count: 2)"
        );
        Assert.Equal(
            [
                "Optimizer.LearningRate: 0.0001 to 0.03, by ratios",
                "LowRank.Method: one of 2",
                "LowRank.Rank: whole numbers from 2 to 32, by ratios",
                "LowRank.ResetEvery: 40 to 160 in steps of 40",
            ],
            search.Axes
        );
        Assert.Equal(
            "Tpe: at most 24 trials, seed 7, least eval/loss as the mean over 2 seeds; 4 at a time are decided on together.",
            search.Method
        );
        Assert.Equal("Asha: one in 2 goes on from step 80, 160 towards 320; the others stay paused.", search.Halving);
        Assert.Equal(2 * 320 * 1536, search.TrialTokens);
        Assert.Equal(24 * search.TrialTokens, search.Tokens);
    }

    [Fact]
    public async Task Seeds_multiply_the_cells_of_a_trial_and_draw_nothing()
    {
        var one = await SearchAsync(Rate + ".Search(RandomSearch(trials: 5))");
        var three = await SearchAsync(Rate + ".Search(RandomSearch(trials: 5)).Seeds(count: 3)");
        Assert.Equal(
            one.Begin().Next().Select(job => job.Trial.Point.Config),
            three.Begin().Next().Select(job => job.Trial.Point.Config)
        );
        var cells = three.Cells(three.Begin().Next()[0].Trial);
        Assert.Equal([42L, 43, 44], cells.Select(cell => cell.Config.Seed));
        Assert.Single(cells.Select(cell => cell.Arm).Distinct());
        Assert.Matches(@"^#1 LearningRate=[\d.E-]+ Seed=43$", cells[1].Label);
    }

    [Fact]
    public async Task A_budget_bounds_the_search()
    {
        var search = await SearchAsync(Rate + ".Search(RandomSearch(trials: 5)).Budget(tokens: 1_000_000)");
        Assert.Equal(1_000_000, search.Tokens);
    }

    [Theory]
    [InlineData(
        ".Range(c => c.Optimizer.LearningRate, 1e-4, 3e-2)",
        ".Range(c => c.Optimizer.LearningRate): a range has no list of values. List them in .Grid, or add a search: .Search(RandomSearch(trials: 20))."
    )]
    [InlineData(
        ".When(c => true, s => s.Range(c => c.LowRank.Rank, 2, 4))",
        ".Range(c => c.LowRank.Rank): a range has no list of values. List them in .Grid, or add a search: .Search(RandomSearch(trials: 20))."
    )]
    [InlineData(
        ".Range(c => c.LowRank.Rank, 4, 4)",
        ".Range(c => c.LowRank.Rank): from 4 to 4. Allowed: a largest value above the least."
    )]
    [InlineData(
        ".Range(c => c.Optimizer.WeightDecay, 0, 0.1, Scale.Log)",
        ".Range(c => c.Optimizer.WeightDecay): from 0 by Scale.Log. Allowed: a least value above 0."
    )]
    [InlineData(
        ".Range(c => c.LowRank.Rank, 4, 64, Scale.Log, step: 4)",
        ".Range(c => c.LowRank.Rank): step 4. Allowed: a step above 0 and of at most the range, by Scale.Linear. By ratios, list the values in .Grid."
    )]
    [InlineData(
        ".Range(c => c.LowRank.Rank, 4, 8).Grid(c => c.LowRank.Rank, 4)",
        ".Grid(c => c.LowRank.Rank): LowRank.Rank is set by .Range(c => c.LowRank.Rank) at sweep.csx:3 already. Put all its values into one call."
    )]
    [InlineData(
        ".Search(Tpe(trials: 3))",
        ".Search: there is nothing to choose. Add an axis, for example .Range(c => c.Optimizer.LearningRate, 1e-4, 3e-2, Scale.Log)."
    )]
    [InlineData(Rate + ".Search(Tpe(trials: 0))", "Tpe(trials: 0): allowed: 1 to 10000.")]
    [InlineData(
        Rate + ".Search(Tpe(trials: 3)).Search(Sobol(trials: 3))",
        ".Search: given already at sweep.csx:3. A sweep has one."
    )]
    [InlineData(
        Rate + ".Baseline().Search(Tpe(trials: 3))",
        ".Baseline: a search has none: a partner with the knobs that were drawn for another method would be a poor one. Tune full rank by a search of its own and compare the best: foreach over methods, as in sweeps/tune-lr.csx."
    )]
    [InlineData(
        Rate + ".Search(Tpe(trials: 3).With(Asha(minTokens: 100_000)))",
        "Asha(minTokens: 100,000): rungs are where cells are evaluated, every 80 steps of 1,536 tokens. Allowed: a multiple of 122,880, for example 122,880."
    )]
    [InlineData(
        Rate + ".Search(Tpe(trials: 3).With(Asha(minTokens: 122_880))).Evaluate(every: 0)",
        "Asha(minTokens: 122,880): the cells are evaluated at their end only (Evaluation.Every = 0). Say how often: .Evaluate(every: 40)."
    )]
    [InlineData(
        Rate + ".Search(Tpe(trials: 3).With(Asha(minTokens: 491_520)))",
        "Asha(minTokens: 491,520): a trial has 491,520 tokens, so that none is stopped early. Allowed: less than that."
    )]
    [InlineData(
        Rate + ".Search(Tpe(trials: 3, minimize: \"loss\"))",
        "Tpe(minimize: \"loss\"): there is no such figure. Allowed: eval/loss, eval/macro_loss, pairs/accuracy, task/NAME/METRIC."
    )]
    [InlineData(
        Rate + ".Search(Tpe(trials: 3, maximize: \"task/blimp/accuracy\"))",
        "Tpe(maximize: \"task/blimp/accuracy\"): there is no task 'blimp'. Add it by .Evaluate(tasks:)."
    )]
    [InlineData(
        Rate + ".Search(RandomSearch(trials: 3)).Budget(tokens: 1000)",
        ".Budget(tokens: 1,000): one trial of 's' trains on 491,520 tokens. Nothing was trained. Take shorter cells or fewer seeds, or raise the ceiling."
    )]
    public async Task A_fault_is_told_with_its_line(string calls, string message) =>
        Assert.Equal($"sweep.csx:3: {message}", await folder.FaultAsync($"\n\nSweep(\"s\", Presets.Nano){calls};"));

    [Fact]
    public async Task Trials_of_unequal_length_are_refused() =>
        Assert.StartsWith(
            "sweep.csx:1: .Search: trials are of unequal length: ",
            await folder.FaultAsync(
                "Sweep(\"s\", Presets.Nano).Grid(c => c.Data.BatchSize, 6, 12).Search(RandomSearch(trials: 3));"
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Values_that_a_knob_does_not_allow_are_found_before_anything_is_drawn() =>
        Assert.Contains(
            "sweep.csx:1: .Range(c => c.Optimizer.LearningRate): Optimizer.LearningRate is 20",
            await folder.FaultAsync(
                "Sweep(\"s\", Presets.Nano).Range(c => c.Optimizer.LearningRate, 1e-3, 20).Search(RandomSearch(trials: 3));"
            ),
            StringComparison.Ordinal
        );

    private async Task<PlannedSearch> SearchAsync(string calls) =>
        (await folder.PlanAsync($"Sweep(\"s\", Presets.Nano){calls};")).Search!;
}
