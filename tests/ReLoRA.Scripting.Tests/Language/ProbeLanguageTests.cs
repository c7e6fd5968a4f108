using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Tests.Language;

public sealed class ProbeLanguageTests : IDisposable
{
    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_metric_has_a_function_of_its_name_that_plans_with_its_defaults()
    {
        var metrics = Enum.GetValues<ProbeMetric>().Where(metric => metric != ProbeMetric.Script).ToList();
        var probes = await ProbesAsync(string.Join(", ", metrics.Select(metric => $"{metric}()")));
        Assert.Equal(metrics, probes.Select(probe => probe.Metric));
        Assert.All(probes, probe => Assert.Equal(new ProbeConfig { Metric = probe.Metric, Of = probe.Of }, probe));
    }

    [Theory]
    [InlineData("EffectiveRank()", ProbeTarget.Weight)]
    [InlineData("UpdateRatio()", ProbeTarget.StepUpdate)]
    [InlineData("SubspaceOverlap()", ProbeTarget.Weight)]
    [InlineData("Cka()", ProbeTarget.Activation)]
    [InlineData("Anisotropy()", ProbeTarget.Activation)]
    [InlineData("GradientNoiseScale()", ProbeTarget.Gradient)]
    [InlineData("AttentionEntropy()", ProbeTarget.Attention)]
    [InlineData("Snapshot(of: ProbeTarget.AdapterB)", ProbeTarget.AdapterB)]
    public async Task A_probe_is_of_what_its_metric_is_mostly_of(string call, ProbeTarget target) =>
        Assert.Equal(target, Assert.Single(await ProbesAsync(call)).Of);

    [Fact]
    public async Task Settings_and_moments_reach_the_cells()
    {
        var probe = Assert.Single(
            await ProbesAsync(
                """
                SubspaceOverlap(every: 5, of: ProbeTarget.Gradient, on: "*.o_proj", aroundResets: false, directions: 4, side: SingularSide.Left, rows: 16)
                    .At(1, 10).At(100).LogSpaced(perDecade: 2).AfterResets(1, 10).WhenRewarmed()
                """
            )
        );
        Assert.Equal(
            new ProbeConfig
            {
                Metric = ProbeMetric.SubspaceOverlap,
                Of = ProbeTarget.Gradient,
                Every = 5,
                Layers = "*.o_proj",
                AroundResets = false,
                Directions = 4,
                Side = SingularSide.Left,
                Rows = 16,
                At = [1, 10, 100],
                PerDecade = 2,
                AfterResets = [1, 10],
                WhenRewarmed = true,
            },
            probe
        );
    }

    [Fact]
    public void A_call_leaves_the_probe_as_it_was()
    {
        var probe = ScriptGlobals.Gini(every: 5);
        Assert.Equal(3, probe.LogSpaced().Config.PerDecade);
        _ = probe.At(1).AfterResets(1).WhenRewarmed();
        Assert.Equal(new ProbeConfig { Metric = ProbeMetric.Gini, Every = 5 }, probe.Config);
    }

    [Theory]
    [InlineData("p => 1.5", 1.5, "")]
    [InlineData("p => 2", 2, "")]
    [InlineData("p => { return p is null ? 3f : 4f; }", 3, "")]
    [InlineData("p => new[] { 1.0, 4.0 }", 2.5, "1 4")]
    [InlineData("p => new List<double> { 1, 2 }", 1.5, "1 2")]
    [InlineData("p => [1, 5]", 3, "1 5")]
    [InlineData("p => Enumerable.Range(1, 3).Select(i => 1.0 * i)", 2, "1 2 3")]
    [InlineData("p => Enumerable.Empty<double>()", double.NaN, "")]
    [InlineData("p => new ProbeTable([\"a\", \"b\"], [[1, 2], [3, 4]])", double.NaN, "1 2 3 4", "a b")]
    public async Task A_lambda_gives_a_number_a_vector_or_a_table(
        string lambda,
        double value,
        string vector,
        string columns = ""
    )
    {
        foreach (var on in new[] { "", "on: \"*.o_proj\", " })
        {
            using var script = await folder.LoadAsync(
                $"Sweep(\"s\", Presets.Nano).Probe(Measure(\"x\", every: 5, {on}{lambda}));"
            );
            var figure = Assert.Single(script.Sweeps[0].Probes).Figure!(null!);
            Assert.Equal(value, figure.Value);
            Assert.Equal(vector, string.Join(' ', figure.Vector));
            Assert.Equal(columns, string.Join(' ', figure.Columns));
        }
    }

    [Theory]
    [InlineData("p => throw new InvalidOperationException()")]
    [InlineData("p => { while (true) { } }")]
    public async Task A_lambda_that_never_returns_compiles_too(string lambda) =>
        Assert.Single(await ProbesAsync($"Measure(\"x\", every: 5, {lambda})"));

    [Fact]
    public async Task A_figure_of_mine_has_limits_and_moments()
    {
        var probe = Assert.Single(
            await ProbesAsync(
                """Measure("x", 5, "*.o_proj", p => p.Weight.Norm(), false, rows: 4, limit: 7).AfterResets(1)"""
            )
        );
        Assert.Equal(
            new ProbeConfig
            {
                Metric = ProbeMetric.Script,
                Figure = "x",
                Every = 5,
                Layers = "*.o_proj",
                AroundResets = false,
                Rows = 4,
                LimitSeconds = 7,
                AfterResets = [1],
            },
            probe
        );
    }

    [Fact]
    public async Task A_figure_may_compute_with_tensors() =>
        Assert.Single(
            await ProbesAsync(
                """Measure("x", every: 5, p => (p.Gradient.Tensor * p.Update.Tensor).sum().item<double>())"""
            )
        );

    [Fact]
    public async Task Faults_of_probes_are_told_with_their_lines() =>
        Assert.Equal(
            """
            The sweep 's' cannot run, nothing was trained:
              sweep.csx:3: .Probe(Gini(...)): Probes[0].At[1] is -1; allowed: at least 0 steps.
              sweep.csx:4: .Probe(Measure("x", ...)): Probes[1].AfterResets[0] is 0; allowed: at least 1 steps.
              sweep.csx:4: .Probe(Measure("x", ...)): Probes[1].Rows is 1; allowed: at least 2 and at most 4096 rows.
              sweep.csx:4: .Probe(Measure("x", ...)): Probes[1].LimitSeconds is 0; allowed: at least 1 seconds.
            """.ReplaceLineEndings("\n"),
            await folder.FaultAsync(
                """
                Sweep("s", Presets.Nano)
                    .Probe(
                        Gini().At(1, -1),
                        Measure("x", every: 5, p => 1, rows: 1, limit: 0)
                            .AfterResets(0));
                """
            )
        );

    [Fact]
    public async Task A_target_that_a_metric_is_not_of_is_told() =>
        Assert.Equal(
            """
            The sweep 's' cannot run, nothing was trained:
              sweep.csx:1: .Probe(Cka(...)): Probes[0].Of is Weight; allowed: for Cka Activation, LastActivation.
            """.ReplaceLineEndings("\n"),
            await folder.FaultAsync("""Sweep("s", Presets.Nano).Probe(Cka(of: ProbeTarget.Weight));""")
        );

    private async Task<IReadOnlyList<ProbeConfig>> ProbesAsync(string probes) =>
        (await folder.PlanAsync($"Sweep(\"s\", Presets.Nano).Probe({probes});")).Cells[0].Config.Probes;
}
