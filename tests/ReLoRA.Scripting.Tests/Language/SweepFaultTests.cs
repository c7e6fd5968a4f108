namespace ReLoRA.Scripting.Tests.Language;

/// <summary>What a user reads when a declaration is at fault. Every message has the line of the call that is.</summary>
public sealed class SweepFaultTests : IDisposable
{
    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(
        ".Grid(c => c.LowRank.Rank * 2, 4)",
        ".Grid(c => (c.LowRank.Rank * 2)): this is no path to a knob. Allowed: a lambda that only names a knob, for example c => c.LowRank.Rank; what is to be computed goes into the values."
    )]
    [InlineData(
        ".Grid(c => 3, 4)",
        ".Grid(c => 3): this is no path to a knob. Allowed: a lambda that only names a knob, for example c => c.LowRank.Rank; what is to be computed goes into the values."
    )]
    [InlineData(
        ".Grid(c => c.LowRank.Rank, 4.5)",
        ".Grid(c => c.LowRank.Rank): the knob is of type int, the values are of type double. Write values of the knob's type."
    )]
    [InlineData(
        ".Grid(c => c.Steps, 10)",
        ".Grid(c => c.Steps): RunConfig.Steps follows from other knobs and cannot be set. Knobs there: Model, LowRank, Optimizer, Schedule, Data, Budget, Stability, Evaluation, Probes, Checkpoint, InitFrom, Precision, Seed."
    )]
    [InlineData(
        ".Grid(c => c.Evaluation.Every, 10, 20)",
        ".Grid(c => c.Evaluation.Every): Every alters no weights, so all its values would be the same cell. Set it on the preset: Sweep(name, preset with { ... })."
    )]
    [InlineData(
        ".Grid<int>(c => c.LowRank.Rank)",
        ".Grid(c => c.LowRank.Rank): no values are given. Allowed: at least one."
    )]
    [InlineData(
        ".Grid(c => c.LowRank.Rank, 4, 8, 4)",
        ".Grid(c => c.LowRank.Rank): 4 is given twice. Allowed: each value once."
    )]
    [InlineData(
        ".Grid(c => c.LowRank.Rank, 4).Grid(c => c.LowRank.Rank, 8)",
        ".Grid(c => c.LowRank.Rank): LowRank.Rank is set by .Grid(c => c.LowRank.Rank) at sweep.csx:3 already. Put all its values into one call."
    )]
    [InlineData(
        ".Grid(c => c.LowRank.Semantics.Dropout, 0, 0.1).Grid(c => c.LowRank.Semantics, ResetSemantics.Exact)",
        ".Grid(c => c.LowRank.Semantics): LowRank.Semantics is set by .Grid(c => c.LowRank.Semantics.Dropout) at sweep.csx:3 already. Put all its values into one call."
    )]
    [InlineData(".Seeds(count: 0)", ".Seeds(count: 0): allowed: at least 1 and at most 10000 seeds.")]
    [InlineData(".Seeds([7, 7])", ".Seeds: 7 is given twice. Allowed: each value once.")]
    [InlineData(".Seeds([])", ".Seeds: no values are given. Allowed: at least one.")]
    [InlineData(".Seeds(count: 2).Seeds([7])", ".Seeds: given already at sweep.csx:3. A sweep has them once.")]
    [InlineData(".Baseline().Baseline()", ".Baseline: given already at sweep.csx:3. A sweep has one.")]
    [InlineData(".Baseline(c => null!)", ".Baseline: the lambda returned null.")]
    [InlineData(
        ".Baseline(c => throw new InvalidOperationException(\"no\"))",
        ".Baseline: the lambda threw InvalidOperationException: no"
    )]
    [InlineData(
        ".Budget()",
        ".Budget: no ceiling is given. Write tokens: or wall:, for example wall: TimeSpan.FromHours(6)."
    )]
    [InlineData(
        ".Evaluate(every: 10).Evaluate(maxRows: 4)",
        ".Evaluate: given already at sweep.csx:3. A sweep has one."
    )]
    [InlineData(".Budget(tokens: 0)", ".Budget(tokens: 0): allowed: above 0.")]
    [InlineData(".Budget(wall: TimeSpan.Zero)", ".Budget(wall: 00:00:00): allowed: above 0.")]
    [InlineData(
        ".Budget(tokens: 1000000).Budget(tokens: 2)",
        ".Budget: given already at sweep.csx:3. A sweep has one."
    )]
    [InlineData(
        ".Budget(tokens: 1_000).Grid(c => c.Budget.Tokens, 122_880, 184_320)",
        ".Budget(tokens: 1,000): the 2 cells of 's' train on 307,200 tokens. Nothing was trained. Take fewer or shorter cells, or raise the ceiling."
    )]
    public async Task A_call_that_makes_no_sense_is_refused_with_its_line(string call, string message) =>
        Assert.Equal($"sweep.csx:3: {message}", await folder.FaultAsync($"\nSweep(\"s\", Presets.Nano)\n    {call};"));

    [Theory]
    [InlineData("../s")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData(".hidden")]
    public async Task A_name_that_is_no_folder_name_is_refused(string name) =>
        Assert.Equal(
            $"sweep.csx:1: Sweep(\"{name}\"): allowed in a sweep's name, which is also a folder's: letters, digits, '-', '_' and '.', beginning with a letter or digit.",
            await folder.FaultAsync($"Sweep(\"{name}\", Presets.Nano);")
        );

    [Fact]
    public async Task Two_sweeps_of_one_name_are_refused() =>
        Assert.Equal(
            "sweep.csx:2: Sweep(\"S\"): the name is taken at sweep.csx:1. Give each sweep its own.",
            await folder.FaultAsync("Sweep(\"s\", Presets.Nano);\nSweep(\"S\", Presets.Nano);")
        );

    [Fact]
    public async Task All_bad_values_are_told_at_once_with_the_lines_of_their_calls() =>
        Assert.Equal(
            """
            The sweep 's' cannot run, nothing was trained:
              sweep.csx:2: .Grid(c => c.LowRank.Rank): LowRank.Rank is 0; allowed: at least 1 and at most 65536.
              sweep.csx:3: .Grid(c => c.Optimizer.LearningRate): Optimizer.LearningRate is -1; allowed: above 0 and at most 10.
              sweep.csx:5: .Seeds: Seed is -3; allowed: at least 0.
              sweep.csx:4: .Grid(c => c.LowRank.Semantics): LowRank.Semantics.Dropout is 1; allowed: at least 0 and below 1. (cell LowRank.Rank = 0, Optimizer.LearningRate = -1, LowRank.Semantics = FirstCycle=Kaiming,Merge=Scaled,Moments=Zero,PruneRatio=0.999,Offset=0,Dropout=1, Seed = -3 and 7 more)
            """.ReplaceLineEndings("\n"),
            await folder.FaultAsync(
                """
                Sweep("s", Presets.Nano)
                    .Grid(c => c.LowRank.Rank, 0, 4)
                    .Grid(c => c.Optimizer.LearningRate, -1, 1e-3)
                    .Grid(c => c.LowRank.Semantics, ResetSemantics.Exact, ResetSemantics.Exact with { Dropout = 1 })
                    .Seeds([-3, 1]);
                """
            )
        );

    [Fact]
    public async Task Bad_probes_and_evaluations_are_told_with_the_lines_of_their_calls()
    {
        Assert.Equal(
            """
            The sweep 's' cannot run, nothing was trained:
              sweep.csx:2: .Evaluate: Evaluation.Every is -1; allowed: at least 0 steps.
              sweep.csx:4: .Probe(ConditionNumber(...)): Probes[1].Every is -2; allowed: at least 0 steps.
            """.ReplaceLineEndings("\n"),
            await folder.FaultAsync(
                """
                Sweep("s", Presets.Nano)
                    .Evaluate(every: -1)
                    .Probe(EffectiveRank(),
                        ConditionNumber(every: -2));
                """
            )
        );
        Assert.Equal(
            """
            The sweep 's' cannot run, nothing was trained:
              sweep.csx:3: .Probe(EffectiveRank(...)): Probes[1] is a second effective_rank/weight; allowed: each figure of the same matrices once. Remove one of the two.
            """.ReplaceLineEndings("\n"),
            await folder.FaultAsync(
                """
                Sweep("s", Presets.Nano with { Probes = [new ProbeConfig()] })
                    .Seeds(count: 2)
                    .Probe(EffectiveRank(every: 5));
                """
            )
        );
    }

    [Fact]
    public async Task A_figure_without_a_name_or_a_lambda_is_refused()
    {
        Assert.Equal(
            "sweep.csx:1: Measure(\"x\"): the figure is null. Write a lambda: p => p.Update.Norm().",
            await folder.FaultAsync("""Sweep("s", Presets.Nano).Probe(Measure("x", every: 5, null!));""")
        );
        Assert.Equal(
            """
            The sweep 's' cannot run, nothing was trained:
              sweep.csx:1: .Probe(Measure("a b", ...)): Probes[0].Figure is "a b"; allowed: a name of letters, digits, '_' and '-' for a script's own figure, empty for the others.
            """.ReplaceLineEndings("\n"),
            await folder.FaultAsync(
                """Sweep("s", Presets.Nano).Probe(Measure("a b", every: 5, p => p.Weight.Norm()));"""
            )
        );
    }

    [Fact]
    public async Task A_rule_between_knobs_is_told_with_the_cells_it_meets() =>
        Assert.Equal(
            """
            The sweep 's' cannot run, nothing was trained:
              sweep.csx:1: Sweep("s"): Model.Heads is 4; allowed: a divisor of Model.Width (63) that leaves heads of even width. (cell Model.Width = 63)
            """.ReplaceLineEndings("\n"),
            await folder.FaultAsync("""Sweep("s", Presets.Nano).Grid(c => c.Model.Width, 63, 64);""")
        );

    [Fact]
    public async Task A_baseline_that_is_no_partner_is_refused() =>
        Assert.Equal(
            """
            The sweep 's' cannot run, nothing was trained:
              sweep.csx:3: .Baseline: LowRank.Method is ReLoRA; allowed: FullRank. A baseline is the cell at full rank, at equal tokens, data order and seed.
              sweep.csx:3: .Baseline: Data.BatchSize is 8; allowed: the cell's own 4. A baseline is the cell at full rank, at equal tokens, data order and seed.
              sweep.csx:3: .Baseline: Seed is 1; allowed: the cell's own 42. A baseline is the cell at full rank, at equal tokens, data order and seed.
            """.ReplaceLineEndings("\n"),
            await folder.FaultAsync(
                """
                var low = Presets.Nano with { LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA }, Data = new DataConfig { BatchSize = 4 } };
                Sweep("s", low)
                    .Baseline(c => c with { Seed = 1, Data = c.Data with { BatchSize = 8 } });
                """
            )
        );

    [Fact]
    public async Task A_slip_of_a_million_cells_is_refused_at_once() =>
        Assert.Equal(
            "sweep.csx:1: Sweep(\"s\"): more than 10,000 combinations, or than 1,000,000 before .Where; allowed: at most as many. Split the sweep.",
            await folder.FaultAsync(
                """Sweep("s", Presets.Nano).Grid(c => c.LowRank.Rank, 1, 2, 3).Seeds(count: 10_000);"""
            )
        );
}
