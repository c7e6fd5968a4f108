using ReLoRA.Core;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Tests.Language;

public sealed class SweepAxesTests : IDisposable
{
    private const string Low = """
        var low = Presets.Nano with { LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA } };
        """;

    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Values_that_go_together_are_no_product() =>
        Assert.Equal(
            [(4, 100), (8, 200), (16, 300)],
            await Cells(
                """.Zip(c => c.LowRank.Rank, c => c.LowRank.ResetEvery, (4, 100), (8, 200), (16, 300))""",
                c => (c.LowRank.Rank, c.LowRank.ResetEvery)
            )
        );

    [Theory]
    [InlineData("new[] { 4, 8 }")]
    [InlineData("Enumerable.Range(0, 2).Select(i => 4 << i)")]
    public async Task Values_may_stand_in_an_array_or_be_computed(string ranks) =>
        Assert.Equal([4, 8], await Cells($".Grid(c => c.LowRank.Rank, {ranks})", c => c.LowRank.Rank));

    [Fact]
    public async Task Three_knobs_can_go_together() =>
        Assert.Equal(
            [(4, 8.0, 1), (8, 16.0, 2)],
            await Cells(
                """.Zip(c => c.LowRank.Rank, c => c.LowRank.Alpha, c => c.Seed, (4, 8.0, 1), (8, 16.0, 2))""",
                c => (c.LowRank.Rank, c.LowRank.Alpha, (int)c.Seed)
            )
        );

    [Fact]
    public async Task Calls_act_in_the_order_in_which_they_stand() =>
        Assert.Equal(
            [(4, 100, 8.0), (8, 100, 16.0), (8, 200, 16.0)],
            await Cells(
                """
                .Grid(c => c.LowRank.Rank, 4, 8)
                .Grid(c => c.LowRank.ResetEvery, 100, 200)
                .Where(c => c.LowRank.ResetEvery <= 25 * c.LowRank.Rank)
                .Derive(c => c.LowRank.Alpha, c => 2.0 * c.LowRank.Rank)
                """,
                c => (c.LowRank.Rank, c.LowRank.ResetEvery, c.LowRank.Alpha)
            )
        );

    [Fact]
    public async Task A_condition_adds_axes_to_the_cells_that_meet_it() =>
        Assert.Equal(
            [("LoRA", 8), ("ReLoRA", 4), ("ReLoRA", 16)],
            await Cells(
                """
                .Grid(c => c.LowRank.Method, LowRankMethod.LoRA, LowRankMethod.ReLoRA)
                .When(c => c.LowRank.Method == LowRankMethod.ReLoRA, s => s.Grid(c => c.LowRank.Rank, 4, 16))
                """,
                c => ($"{c.LowRank.Method}", c.LowRank.Rank)
            )
        );

    [Fact]
    public async Task A_star_varies_one_thing_at_a_time_from_its_base() =>
        Assert.Equal(
            [(8, 0.0), (4, 0.0), (16, 0.0), (8, 0.1)],
            await Cells(
                """.Star(s => s.Grid(c => c.LowRank.Rank, 4, 16).Grid(c => c.LowRank.Semantics.Dropout, 0.1))""",
                c => (c.LowRank.Rank, c.LowRank.Semantics.Dropout)
            )
        );

    [Fact]
    public async Task A_list_of_changes_is_an_axis_and_equal_cells_run_once() =>
        Assert.Equal(
            [(8, "Float32"), (4, "BFloat16Mixed")],
            await Cells(
                """
                .List(
                    c => c,
                    c => c with { LowRank = c.LowRank with { Rank = 4 }, Precision = Precision.BFloat16Mixed },
                    c => c with { Seed = 42 })
                """,
                c => (c.LowRank.Rank, $"{c.Precision}")
            )
        );

    [Fact]
    public async Task Names_are_the_scripts_and_seeds_are_told_apart()
    {
        var plan = await folder.PlanAsync(
            Low + """Sweep("s", low).Grid(c => c.LowRank.Rank, 4, 8).Seeds(count: 2).Name(c => $"r{c.LowRank.Rank}");"""
        );
        Assert.Equal(["r4 Seed=42", "r4 Seed=43", "r8 Seed=42", "r8 Seed=43"], plan.Cells.Select(cell => cell.Label));
        Assert.Equal(["r4", "r4", "r8", "r8"], plan.Cells.Select(cell => cell.Arm));

        plan = await folder.PlanAsync(
            Low
                + """Sweep("s", low).Grid(c => c.LowRank.Rank, 4, 8).Seeds(count: 2).Name(c => $"r{c.LowRank.Rank}-s{c.Seed}");"""
        );
        Assert.Equal(["r4-s42", "r4-s43", "r8-s42", "r8-s43"], plan.Cells.Select(cell => cell.Label));
        Assert.Equal(["r4-s42", "r4-s42", "r8-s42", "r8-s42"], plan.Cells.Select(cell => cell.Arm));
    }

    [Theory]
    [InlineData(
        """.Grid(c => c.LowRank.Rank, 4, 8).Name(c => "same")""",
        "sweep.csx:2: .Name: 2 cells are named \"same\". Allowed: a name for each. Put what differs into it."
    )]
    [InlineData(""".Name(c => " ")""", "sweep.csx:2: .Name: a cell is named \" \". Allowed: a text of one line.")]
    [InlineData(
        """.Where(c => c.LowRank.Rank > 100)""",
        "sweep.csx:2: Sweep(\"s\"): .Where leaves no cell. Allowed: at least one. Widen its condition."
    )]
    [InlineData(
        """.Where(c => int.Parse("x") == c.LowRank.Rank)""",
        "sweep.csx:2: .Where: the lambda threw FormatException: The input string 'x' was not in a correct format."
    )]
    [InlineData(
        """.When(c => true, s => s)""",
        "sweep.csx:2: .When: no call within. Write for example s => s.Grid(c => c.LowRank.Rank, 4, 8)."
    )]
    [InlineData(
        """.Grid(c => c.LowRank.Rank, 4, 8).Derive(c => c.LowRank.Rank, c => 3)""",
        "sweep.csx:2: .Derive(c => c.LowRank.Rank): LowRank.Rank is set by .Grid(c => c.LowRank.Rank) at sweep.csx:2 already. Put all its values into one call."
    )]
    [InlineData(
        """.Zip(c => c.LowRank.Rank, c => c.Seed, (4, 1), (4, 1))""",
        "sweep.csx:2: .Zip(c => c.LowRank.Rank): (4, 1) is given twice. Allowed: each value once."
    )]
    [InlineData(""".List(c => null)""", "sweep.csx:2: .List: the lambda 1 returned null.")]
    public async Task Faults_name_the_call_and_its_line(string calls, string message)
    {
        var fault = await Assert.ThrowsAsync<UserFaultException>(() =>
            folder.PlanAsync(Low + "\n" + $"""Sweep("s", low){calls};""")
        );
        Assert.Equal(message, folder.Tidy(fault.Message));
    }

    [Fact]
    public async Task A_product_without_end_is_refused_and_not_multiplied_out()
    {
        var axes = string.Concat(
            new[] { "LowRank.Rank", "LowRank.ResetEvery", "Data.BatchSize", "Schedule.WarmupSteps" }.Select(knob =>
                $".Grid(c => c.{knob}, [.. Enumerable.Range(1, 1000)])"
            )
        );
        var fault = await Assert.ThrowsAsync<UserFaultException>(() =>
            folder.PlanAsync(Low + "\n" + $"""Sweep("s", low){axes}.Where(c => false);""")
        );
        Assert.Contains("before .Where", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_axis_of_a_branch_is_no_idle_axis_of_the_cells_beside_it()
    {
        var plan = await folder.PlanAsync(
            Low
                + """
                Sweep("s", low)
                    .Grid(c => c.LowRank.Semantics.Moments, MomentReset.Zero, MomentReset.RandomPrune)
                    .When(c => c.LowRank.Semantics.Moments == MomentReset.RandomPrune, s => s.Grid(c => c.LowRank.Semantics.PruneRatio, 0.9, 0.99));
                """
        );

        Assert.Empty(plan.Notes);
    }

    private async Task<IEnumerable<T>> Cells<T>(string calls, Func<RunConfig, T> see) =>
        (await folder.PlanAsync(Low + "\n" + $"""Sweep("s", low){calls};""")).Cells.Select(cell => see(cell.Config));
}
