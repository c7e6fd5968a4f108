using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank;

/// <summary>Ranks that differ between linears and between cycles, in whole runs.</summary>
[Collection(DefaultGenerator.Collection)]
public sealed class RankTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int cells;

    public static TheoryData<string, RankConfig> Changing { get; } =
        new()
        {
            {
                "grow",
                new RankConfig { ByCycle = [2, 4, 6, 8] }
            },
            {
                "shrink",
                new RankConfig { ByCycle = [8, 4, 2] }
            },
            {
                "adapt",
                new RankConfig { Explained = 0.8, Maximum = 8 }
            },
        };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_scheduled_rank_is_that_of_the_adapters_and_in_the_log()
    {
        var resets = Resets(Cell(With(new RankConfig { ByCycle = [2, 6, 3] })));

        Assert.Equal([6, 3, 3], resets.Select(reset => reset.AdapterRank));
        Assert.All(
            resets.Zip([6, 3, 3], (reset, rank) => (reset, rank)),
            pair => Assert.All(pair.reset.Layers, layer => Assert.Equal(pair.rank, layer.Rank))
        );
        // What was merged had the rank of the cycle that ended.
        Assert.Equal([2, 6, 3], resets.Select(reset => reset.Layers[0].Spectrum.Count));
    }

    [Theory]
    [MemberData(nameof(Changing))]
    public void A_reset_that_changes_ranks_keeps_the_function_and_its_other_promises(string name, RankConfig ranks) =>
        AssertPromises(name, ranks, MomentReset.RandomPrune);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Changing))]
    public void A_reset_that_changes_ranks_keeps_its_promises_whatever_becomes_of_the_moments(
        string name,
        RankConfig ranks
    ) => AssertPromises(name, ranks, Enum.GetValues<MomentReset>());

    [Theory]
    [MemberData(nameof(Changing))]
    public void A_run_with_changing_ranks_resumes_to_the_bit_at_a_reset(string name, RankConfig ranks) =>
        AssertResumes(name, ranks, 8);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Changing))]
    public void A_run_with_changing_ranks_resumes_to_the_bit_between_resets(string name, RankConfig ranks) =>
        AssertResumes(name, ranks, 7, 17);

    [Fact]
    public void What_is_past_a_rank_stays_zero_whatever_the_optimizer_keeps()
    {
        var config = With(
            new RankConfig { ByCycle = [8, 3] },
            ResetSemantics.Exact with
            {
                Moments = MomentReset.None,
            }
        );
        var cell = Cell(config);
        SmallRuns.Work(cell);
        using var loaded = ModelFolder.Load(Path.Combine(cell.CheckpointsPath, "step_30"), Precision.Float32, CPU);
        using var scope = NewDisposeScope();
        var parameters = loaded.Decoder.Parameters;
        Assert.Equal([8L, 16], parameters["layers.0.attention.q_proj.A_lora.weight"].Value.shape);
        foreach (
            var parameter in parameters.Where(parameter => parameter.Name.Contains("_lora", StringComparison.Ordinal))
        )
        {
            var rest = parameter.Value.narrow(
                parameter.Name.Contains("A_lora", StringComparison.Ordinal) ? 0 : 1,
                3,
                5
            );
            Assert.Equal(0, rest.count_nonzero().item<long>());
        }
    }

    [Fact]
    public void A_hybrid_has_full_rank_layers_and_layers_of_several_ranks()
    {
        var config = With(new RankConfig { ByLayer = [new LayerRank("layers.0.*", 0), new LayerRank("attention", 2)] });
        using var model = ModelFactory.Create(config, CPU);

        Assert.All(
            model.Linears.Where(linear => linear.Name.StartsWith("layers.0.", StringComparison.Ordinal)),
            linear => Assert.IsType<FullRankLinear>(linear)
        );
        Assert.All(
            model.Linears.OfType<ReLoRALinear>(),
            linear =>
                Assert.Equal(linear.Name.Contains("attention", StringComparison.Ordinal) ? 2 : 4, linear.A.shape[0])
        );
        var resets = Resets(Cell(config));
        Assert.All(resets, reset => Assert.Equal(ResetBounds.Kept, reset.Verdict));
        Assert.All(resets, reset => Assert.Equal(7, reset.Layers.Count));
    }

    [Fact]
    public void An_adaptive_rank_follows_the_spectrum_in_the_log()
    {
        var config = With(
            new RankConfig
            {
                Explained = 0.8,
                Minimum = 2,
                Maximum = 8,
            }
        );

        var resets = Resets(Cell(config));

        var ranks = resets.SelectMany(reset => reset.Layers).Select(layer => layer.Rank!.Value).ToList();
        Assert.All(ranks, rank => Assert.InRange(rank, 2, 8));
        Assert.True(ranks.Distinct().Count() > 1, string.Join(' ', ranks));
        Assert.All(
            resets.SelectMany(reset => reset.Layers),
            layer =>
                Assert.Equal(
                    RankRule.Next(config.LowRank, layer.Name, 1, layer.Spectrum.Count, layer.Spectrum),
                    layer.Rank
                )
        );
    }

    [Fact]
    public void The_products_spectrum_is_that_of_the_full_matrix()
    {
        using var scope = NewDisposeScope();
        using var model = ModelFactory.Create(With(new RankConfig()) with { Precision = Precision.Float64 }, CPU);
        using var frozen = no_grad();
        foreach (var linear in model.Linears.OfType<ReLoRALinear>())
        {
            linear.B.copy_(Draws.Normal(linear.B.shape, float64));
            var expected = linalg.svdvals(linear.ScaledProduct()).data<double>().ToArray();
            var found = UpdateSpectrum.Of(linear, 4);
            // Four products of numbers near one, in 64 bits.
            Assert.All(found.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12 * expected[0]));
        }
    }

    [Fact]
    public void A_folder_of_several_ranks_loads_again()
    {
        var config = With(new RankConfig { ByLayer = [new LayerRank("layers.0.*", 0), new LayerRank("attention", 2)] });
        using var scope = NewDisposeScope();
        using var model = ModelFactory.Create(config, CPU);
        ModelFolder.Save(folder.File("model"), config, model);

        using var loaded = ModelFolder.Load(folder.File("model"), Precision.Float32, CPU);

        Assert.Equal(
            model.Parameters.Select(parameter => parameter.Name),
            loaded.Decoder.Parameters.Select(parameter => parameter.Name)
        );
        Assert.All(
            model.Parameters.Zip(loaded.Decoder.Parameters),
            pair => Assert.True(pair.First.Value.equal(pair.Second.Value).all().item<bool>())
        );
    }

    [Fact]
    public void Zeros_past_a_rank_are_not_counted_as_trained()
    {
        var run = Run(With(new RankConfig { ByCycle = [2, 8] }));
        var small = Run(With(new RankConfig()) with { LowRank = With(new RankConfig()).LowRank with { Rank = 2 } });

        Assert.Equal(small.Parameters, run.Parameters);
        Assert.Equal(small.TrainableParameters, run.TrainableParameters);
    }

    private static RunConfig With(RankConfig ranks, ResetSemantics? semantics = null)
    {
        var config = SmallRuns.ReLoRA(semantics ?? ResetSemantics.Exact);
        return config with { LowRank = config.LowRank with { Ranks = ranks } };
    }

    private void AssertPromises(string name, RankConfig ranks, params MomentReset[] resets)
    {
        Assert.NotEmpty(name);
        foreach (var moments in resets)
        {
            var config = With(ranks, ResetSemantics.Exact with { Moments = moments, PruneRatio = 0.5 });
            Assert.All(Resets(Cell(config)), reset => Assert.Equal(ResetBounds.Kept, reset.Verdict));
        }
    }

    private void AssertResumes(string name, RankConfig ranks, params int[] stops)
    {
        Assert.NotEmpty(name);
        var config = With(ranks, ResetSemantics.Exact with { Moments = MomentReset.RandomPrune, PruneRatio = 0.5 });
        var straight = Cell(config);
        SmallRuns.Work(straight);
        foreach (var step in stops)
        {
            var resumed = Cell(config);
            SittingRuns.WorkUntil(resumed, step);
            Assert.Equal(RunOutcome.Finished, SmallRuns.Work(resumed));
            Assert.Equal(Losses(straight), Losses(resumed));
        }
    }

    private CellFolder Cell(RunConfig config) => SmallRuns.Cell(folder, config, $"runs{cells++}");

    private RunRecord Run(RunConfig config)
    {
        var cell = Cell(config);
        SmallRuns.Work(cell);
        return RunLogReader.Read(cell.LogPath).Records<RunRecord>().Single();
    }

    private static List<ResetRecord> Resets(CellFolder cell)
    {
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));
        return [.. RunLogReader.Read(cell.LogPath).Records<ResetRecord>()];
    }

    private static List<double> Losses(CellFolder cell) =>
        [.. RunLogReader.Read(cell.LogPath).Records<StepRecord>().Select(step => step.Loss)];
}
