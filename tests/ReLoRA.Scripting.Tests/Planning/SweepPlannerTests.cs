using ReLoRA.Core.Configuration;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Planning;

public sealed class SweepPlannerTests : IDisposable
{
    private const string LowRank = """
        var low = Presets.Nano with
        {
            LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
            Schedule = Presets.Nano.Schedule with { Kind = ScheduleKind.JaggedCosine },
        };

        """;

    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_preset_alone_is_one_cell()
    {
        var plan = await folder.PlanAsync("""Sweep("s", Presets.Nano);""");
        var cell = Assert.Single(plan.Cells);
        Assert.Equal(
            ("FullRank", "FullRank", "", Presets.Nano.Budget.Tokens),
            (cell.Arm, cell.Label, cell.Baseline, cell.Tokens)
        );
        Assert.Equal(Presets.Nano, cell.Config);
        Assert.Equal(CellIdentity.Of(Presets.Nano, cell.Datasets.Hashes.Train), cell.Id);
        Assert.Equal(folder.File("datasets", "english", "train"), cell.Datasets.Train);
        Assert.Equal(folder.File("datasets", "english", "validation"), cell.Datasets.Evaluation);
        Assert.Equal(DatasetHashes.OfDomains(cell.Datasets.Evaluation), cell.Datasets.Hashes.Evaluation);
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public async Task Evaluation_and_probes_reach_every_cell_and_partner_and_change_no_identity()
    {
        var plain = await folder.PlanAsync(LowRank + """Sweep("s", low).Baseline(c => c with { LowRank = new() });""");
        var watched = await folder.PlanAsync(
            LowRank
                + """
                Sweep("s", low)
                    .Baseline(c => c with { LowRank = new() })
                    .Evaluate(every: 7)
                    .Probe(EffectiveRank(every: 5))
                    .Probe(ConditionNumber(of: ProbeTarget.CumulativeUpdate, on: "*.attention.*", aroundResets: false));
                """
        );
        Assert.Equal(plain.Cells.Select(cell => cell.Id), watched.Cells.Select(cell => cell.Id));
        Assert.Equal(plain.Cells.Select(cell => cell.Label), watched.Cells.Select(cell => cell.Label));
        EquatableList<ProbeConfig> probes =
        [
            new ProbeConfig { Every = 5 },
            new ProbeConfig
            {
                Metric = ProbeMetric.ConditionNumber,
                Of = ProbeTarget.CumulativeUpdate,
                Layers = "*.attention.*",
                AroundResets = false,
            },
        ];
        Assert.Equal(2, watched.Cells.Count);
        Assert.All(watched.Cells, cell => Assert.Equal(probes, cell.Config.Probes));
        Assert.All(
            watched.Cells,
            cell => Assert.Equal(Presets.Nano.Evaluation with { Every = 7 }, cell.Config.Evaluation)
        );
    }

    [Fact]
    public async Task A_grid_runs_every_combination_with_the_first_axis_slowest()
    {
        var plan = await folder.PlanAsync(
            LowRank
                + """
                Sweep("s", low)
                    .Grid(c => c.LowRank.Rank, 4, 8)
                    .Seeds([7, 9])
                    .Grid(c => c.Optimizer.LearningRate, 1e-3, 3e-3);
                """
        );
        Assert.Equal(
            [
                "Rank=4 LearningRate=0.001 Seed=7",
                "Rank=4 LearningRate=0.001 Seed=9",
                "Rank=4 LearningRate=0.003 Seed=7",
                "Rank=4 LearningRate=0.003 Seed=9",
                "Rank=8 LearningRate=0.001 Seed=7",
                "Rank=8 LearningRate=0.001 Seed=9",
                "Rank=8 LearningRate=0.003 Seed=7",
                "Rank=8 LearningRate=0.003 Seed=9",
            ],
            plan.Cells.Select(cell => cell.Label)
        );
        Assert.Equal("Rank=8 LearningRate=0.003", plan.Cells[^1].Arm);
        Assert.Equal(8, plan.Cells.Select(cell => cell.Id).Distinct().Count());
        Assert.Equal(8 * Presets.Nano.Budget.Tokens, plan.Tokens);
    }

    [Fact]
    public async Task A_count_of_seeds_begins_at_the_presets_own()
    {
        var plan = await folder.PlanAsync("""Sweep("s", Presets.Nano with { Seed = 5 }).Seeds(count: 3);""");
        Assert.Equal([5, 6, 7], plan.Cells.Select(cell => cell.Config.Seed));
        Assert.Equal(["FullRank", "FullRank", "FullRank"], plan.Cells.Select(cell => cell.Arm));
        Assert.Equal("FullRank Seed=5", plan.Cells[0].Label);
    }

    [Fact]
    public async Task Every_cell_has_its_full_rank_partner_and_equal_partners_run_once()
    {
        var plan = await folder.PlanAsync(
            LowRank
                + """
                Sweep("s", low)
                    .Grid(c => c.LowRank.Semantics, ResetSemantics.Exact, ResetSemantics.PaperSingleGpu)
                    .Baseline()
                    .Seeds(count: 2);
                """
        );
        Assert.Equal(
            [
                "FullRank Seed=42",
                "ReLoRA Exact Seed=42",
                "FullRank Seed=43",
                "ReLoRA Exact Seed=43",
                "ReLoRA PaperSingleGpu Seed=42",
                "ReLoRA PaperSingleGpu Seed=43",
            ],
            plan.Cells.Select(cell => cell.Label)
        );
        var (full42, full43) = (plan.Cells[0], plan.Cells[2]);
        Assert.Equal(["", full42.Id, "", full43.Id, full42.Id, full43.Id], plan.Cells.Select(cell => cell.Baseline));
        Assert.Equal(ScheduleKind.Cosine, full42.Config.Schedule.Kind);
        Assert.Equal(
            ["FullRank", "ReLoRA Exact", "ReLoRA PaperSingleGpu"],
            plan.Cells.Select(cell => cell.Arm).Distinct()
        );
    }

    [Fact]
    public async Task A_baseline_may_be_written_by_hand()
    {
        var plan = await folder.PlanAsync(LowRank + """Sweep("s", low).Baseline(c => c with { LowRank = new() });""");
        Assert.Equal(ScheduleKind.JaggedCosine, plan.Cells[0].Config.Schedule.Kind);
        Assert.Equal(plan.Cells[0].Id, plan.Cells[1].Baseline);
    }

    [Fact]
    public async Task A_full_rank_cell_is_its_own_partner_and_has_none()
    {
        var plan = await folder.PlanAsync(
            """
            Sweep("s", Presets.Nano)
                .Grid(c => c.LowRank.Method, LowRankMethod.FullRank, LowRankMethod.ReLoRA)
                .Baseline();
            """
        );
        Assert.Equal(["FullRank", "ReLoRA"], plan.Cells.Select(cell => cell.Label));
        Assert.Equal(["", plan.Cells[0].Id], plan.Cells.Select(cell => cell.Baseline));
    }

    [Fact]
    public async Task An_axis_without_effect_is_joined_and_said_so()
    {
        var plan = await folder.PlanAsync("""Sweep("s", Presets.Nano).Grid(c => c.LowRank.Rank, 4, 8);""");
        Assert.Single(plan.Cells);
        Assert.Equal(
            [
                "sweep.csx:1: .Grid(c => c.LowRank.Rank) has no effect in 2 of 2 declared cells.",
                "1 of 2 declared cells equal others and run once.",
            ],
            plan.Notes.Select(folder.Tidy)
        );
    }

    [Fact]
    public async Task Semantics_that_are_no_preset_are_named_point_by_point()
    {
        var plan = await folder.PlanAsync(
            LowRank
                + """
                Sweep("s", low with { LowRank = low.LowRank with { Semantics = ResetSemantics.PaperSingleGpu } })
                    .Grid(c => c.LowRank.Semantics.PruneRatio, 0.9, 0.99);
                """
        );
        Assert.Equal(["PruneRatio=0.9", "PruneRatio=0.99"], plan.Cells.Select(cell => cell.Label));
    }

    [Fact]
    public async Task Labels_are_no_part_of_identity()
    {
        var wide = await folder.PlanAsync(LowRank + """Sweep("wide", low).Grid(c => c.LowRank.Rank, 4, 8);""");
        var narrow = await folder.PlanAsync(
            LowRank + """Sweep("narrow", low).Grid(c => c.Seed, 42, 7).Grid(c => c.LowRank.Rank, 8);"""
        );
        Assert.Equal(wide.Cells[1].Id, narrow.Cells[0].Id);
        Assert.Equal(("Rank=8", "ReLoRA Seed=42"), (wide.Cells[1].Label, narrow.Cells[0].Label));
    }

    [Fact]
    public async Task Arguments_change_the_plan()
    {
        const string script = """Sweep("s", Presets.Nano).Seeds(count: args.Contains("--quick") ? 1 : 3);""";
        Assert.Equal(3, (await folder.PlanAsync(script)).Cells.Count);
        Assert.Single((await folder.PlanAsync(script, "--quick")).Cells);
    }

    [Fact]
    public async Task The_time_ceiling_is_in_the_plan()
    {
        var plan = await folder.PlanAsync("""Sweep("s", Presets.Nano).Budget(wall: TimeSpan.FromMinutes(5));""");
        Assert.Equal(TimeSpan.FromMinutes(5), plan.Wall);
    }

    [Fact]
    public async Task A_ceiling_of_tokens_that_is_just_reached_is_kept() =>
        Assert.Single(
            (await folder.PlanAsync("""Sweep("s", Presets.Nano).Budget(tokens: Presets.Nano.Budget.Tokens);""")).Cells
        );

    [Fact]
    public void The_quickstart_is_what_its_header_says()
    {
        var text = File.ReadAllText(Repository.PathOf("sweeps", "quickstart.csx"));
        Assert.Contains("6 cells", text, StringComparison.Ordinal);
        var millions = 6 * Presets.Nano.Budget.Tokens / 1e6;
        Assert.Contains(FormattableString.Invariant($"{millions:F1} M tokens"), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_quickstart_plans_six_cells()
    {
        using var script = await Scripting.Hosting.ScriptHost.LoadAsync(
            Repository.PathOf("sweeps", "quickstart.csx"),
            []
        );
        var plan = Scripting.Planning.SweepPlanner.Plan(Assert.Single(script.Sweeps), script.Folder);
        Assert.Equal(
            [
                "FullRank Seed=42",
                "ReLoRA Exact Seed=42",
                "FullRank Seed=43",
                "ReLoRA Exact Seed=43",
                "ReLoRA PaperSingleGpu Seed=42",
                "ReLoRA PaperSingleGpu Seed=43",
            ],
            plan.Cells.Select(cell => cell.Label)
        );
        Assert.Equal(6 * Presets.Nano.Budget.Tokens, plan.Tokens);
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public async Task The_dynamics_sweep_plans_what_its_header_says()
    {
        var path = Repository.PathOf("sweeps", "dynamics.csx");
        using var script = await Scripting.Hosting.ScriptHost.LoadAsync(path, []);
        var plan = Scripting.Planning.SweepPlanner.Plan(Assert.Single(script.Sweeps), script.Folder);
        Assert.Equal(["FullRank", "ReLoRA"], plan.Cells.Select(cell => cell.Label));
        Assert.Empty(plan.Notes);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(
            FormattableString.Invariant($"{plan.Tokens / 1e6:F1} M tokens"),
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            FormattableString.Invariant($"{plan.Cells[0].Config.Steps} steps"),
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_architecture_is_an_axis_and_every_cell_is_paired_within_it()
    {
        var plan = await folder.PlanAsync(
            LowRank + """Sweep("s", low).Grid(c => c.Model, Presets.Nano.Model, Presets.NanoNeoX.Model).Baseline();"""
        );
        Assert.Equal(
            [
                (Architecture.Pico, LowRankMethod.FullRank),
                (Architecture.Pico, LowRankMethod.ReLoRA),
                (Architecture.NeoX, LowRankMethod.FullRank),
                (Architecture.NeoX, LowRankMethod.ReLoRA),
            ],
            plan.Cells.Select(cell => (cell.Config.Model.Architecture, cell.Config.LowRank.Method))
        );
        Assert.Equal(
            [plan.Cells[0].Id, plan.Cells[2].Id],
            plan.Cells.Where((_, i) => i % 2 == 1).Select(c => c.Baseline)
        );

        var single = await folder.PlanAsync(
            """Sweep("s", Presets.Nano).Grid(c => c.Model.Architecture, Architecture.Pico, Architecture.NeoX);"""
        );
        Assert.Equal(["Architecture=Pico", "Architecture=NeoX"], single.Cells.Select(cell => cell.Label));
    }
}
