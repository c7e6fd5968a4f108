using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Core.Dynamics.Stored;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Results.Log;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Stored;

/// <summary>Checkpoints measured after the fact.</summary>
[Collection(DefaultGenerator.Collection)]
public sealed class FolderProbeTests : IDisposable
{
    /// <summary>What of a checkpoint alone, or of it and the training data, is what it was while the run trained.</summary>
    private static readonly ProbeTarget[] Alike =
    [
        .. TargetKinds.All.Where(target => !TargetKinds.IsUpdateSince(target)),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(LowRankMethod.ReLoRA, Precision.Float32)]
    [InlineData(LowRankMethod.FullRank, Precision.Float32, Traits = ["Category", "Slow"])]
    [InlineData(LowRankMethod.LowRank, Precision.Float32, Traits = ["Category", "Slow"])]
    [InlineData(LowRankMethod.ReLoRA, Precision.Float64, Traits = ["Category", "Slow"])]
    [InlineData(LowRankMethod.ReLoRA, Precision.BFloat16Pure, Traits = ["Category", "Slow"])]
    public void Its_figures_are_those_that_the_run_logged_at_that_step(LowRankMethod method, Precision precision)
    {
        // The reset of a model without adapters is counted from the initial one, which no checkpoint is.
        var targets = Alike.Where(target => method == LowRankMethod.ReLoRA || target != ProbeTarget.ResetUpdate);
        var probes = targets.Select(target => new ProbeConfig
        {
            Metric = Metric(target),
            Of = target,
            Rows = 3,
            Every = 12,
        });
        var config = SmallRuns.ReLoRA(ResetSemantics.Exact) with { Probes = [.. probes], Precision = precision };
        config = config with { LowRank = config.LowRank with { Method = method } };
        if (method != LowRankMethod.ReLoRA)
            config = config with { Schedule = SmallRuns.Config.Schedule };
        var cell = SmallRuns.Cell(folder, config);
        SmallRuns.Work(cell);
        var logged = RunLogReader.Read(cell.LogPath).Records<ProbeRecord>().Where(record => record.Moment == "step");
        var folders = ProbedFolders.Find(cell.Path);

        Assert.Equal([24, 30], folders.Select(found => found.Step!.Value));
        foreach (var target in targets)
        {
            var options = new FolderProbeOptions
            {
                Metrics = [SnakeCase.Of(Metric(target))],
                Of = SnakeCase.Of(target),
                Data = folder.File("data", "train"),
                Rows = 3,
            };
            using var probe = new FolderProbe(options, folders);
            foreach (var checkpoint in folders)
            {
                var figures = Assert.Single(probe.Measure(checkpoint));
                var record = logged.Single(one => one.Step == checkpoint.Step && one.Of == options.Of);
                Assert.Equal(
                    record.Values.Select(value => (value.Layer, value.Value, value.Finding)),
                    figures.Select(one => (one.Layer, one.Figure.Value, one.Figure.Finding))
                );
                Assert.Equal(
                    record.Values.SelectMany(value => value.Vector),
                    figures.SelectMany(one => one.Figure.Vector)
                );
            }
        }
    }

    [Fact]
    public void Updates_are_counted_from_the_reference()
    {
        using var scope = NewDisposeScope();
        var cell = SmallRuns.Cell(folder, SmallRuns.ReLoRA(ResetSemantics.Exact));
        SmallRuns.Work(cell);
        var folders = ProbedFolders.Find(cell.Path);
        var options = new FolderProbeOptions
        {
            Metrics = ["frobenius_norm", "update_ratio"],
            Of = "cumulative_update",
            Reference = folders[0].Path,
        };
        using var probe = new FolderProbe(options, folders);
        using var first = ModelFolder.Load(folders[0].Path, Precision.Float64, CPU);
        using var last = ModelFolder.Load(folders[1].Path, Precision.Float64, CPU);

        var none = probe.Measure(folders[0]).ToList();
        var found = probe.Measure(folders[1]).ToList();

        Assert.All(none[0], one => Assert.Equal(0, one.Figure.Value));
        foreach (var (before, after, norm, ratio) in Both(first, last).Zip(found[0], found[1]).Select(Flat))
        {
            var moved = (after - before).norm().item<double>();
            Assert.True(moved > 0);
            Assert.Equal(1, norm.Figure.Value / moved, 1e-12);
            Assert.Equal(1, ratio.Figure.Value / (moved / before.norm().item<double>()), 1e-12);
        }
        using var steps = new FolderProbe(options with { Of = "step_update" }, folders);
        Assert.Equal(
            found.SelectMany(all => all).Select(one => (one.Layer, one.Figure.Value)),
            steps.Measure(folders[1]).SelectMany(all => all).Select(one => (one.Layer, one.Figure.Value))
        );
    }

    [Fact]
    public void A_checkpoint_compared_with_itself_has_moved_nowhere()
    {
        using (var model = ModelFactory.Create(SmallRuns.Config, CPU))
            ModelFolder.Save(folder.File("model"), SmallRuns.Config, model);
        SmallRuns.Cell(folder, SmallRuns.Config);
        var folders = ProbedFolders.Find(folder.File("model"));

        Assert.All(
            Measure(folders, new() { Metrics = ["subspace_overlap"], Reference = folder.File("model") }),
            one => Assert.Equal(1, one.Figure.Value, 1e-12)
        );
        Assert.All(
            Measure(
                folders,
                new()
                {
                    Metrics = ["cka", "svcca"],
                    Reference = folder.File("model"),
                    Data = folder.File("data", "train"),
                }
            ),
            one => Assert.Equal(1, one.Figure.Value, 1e-6)
        );
    }

    [Theory]
    [InlineData(WeightType.BFloat16)]
    [InlineData(WeightType.Float16)]
    [InlineData(WeightType.AsIs)]
    public void Rounding_ends_where_that_of_the_stored_type_does(WeightType type)
    {
        using var scope = NewDisposeScope();
        // Every linear of rank 2: in the file only the rounding has more.
        using (var model = ModelFactory.Create(SmallRuns.Config, CPU))
        {
            using var frozen = no_grad();
            foreach (var linear in model.Linears)
            {
                var weight = model.Parameters[$"{linear.Name}.weight"].Value;
                var (u, s, v) = linalg.svd(weight.to(float64), fullMatrices: false);
                weight.copy_(mm(u.narrow(1, 0, 2) * s.narrow(0, 0, 2), v.narrow(0, 0, 2)));
            }
            ModelFolder.Save(folder.File("model"), SmallRuns.Config, model, type);
        }

        Assert.All(
            Measure(ProbedFolders.Find(folder.File("model")), new() { Metrics = ["numerical_rank"] }),
            one => Assert.Equal(2, one.Figure.Value)
        );
    }

    [Theory]
    [InlineData(WeightType.BFloat16, WeightType.AsIs)]
    [InlineData(WeightType.AsIs, WeightType.BFloat16)]
    [InlineData(WeightType.Float16, WeightType.BFloat16)]
    public void An_update_is_rounded_as_the_coarser_of_the_two_is(WeightType type, WeightType ofReference)
    {
        using (var model = ModelFactory.Create(SmallRuns.Config, CPU))
        {
            ModelFolder.Save(folder.File("model"), SmallRuns.Config, model, type);
            ModelFolder.Save(folder.File("reference"), SmallRuns.Config, model, ofReference);
        }
        foreach (var of in new[] { "cumulative_update", "step_update" })
        {
            var found = Measure(
                ProbedFolders.Find(folder.File("model")),
                new()
                {
                    Metrics = ["effective_rank", "update_ratio"],
                    Of = of,
                    Reference = folder.File("reference"),
                }
            );

            Assert.All(found, one => Assert.Equal("below rounding", one.Figure.Finding));
        }
    }

    [Fact]
    public void Nothing_of_a_checkpoint_is_left_in_memory()
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.ReLoRA(ResetSemantics.Exact));
        SmallRuns.Work(cell);
        var folders = ProbedFolders.Find(cell.Path);
        void All()
        {
            foreach (var target in TargetKinds.All)
                Measure(
                    folders,
                    new()
                    {
                        Metrics = ["frobenius_norm"],
                        Of = SnakeCase.Of(target),
                        Reference = folders[0].Path,
                        Data = folder.File("data", "train"),
                        Rows = 2,
                    }
                );
        }
        All();
        var live = LiveTensors.Count;

        All();

        Assert.Equal(live, LiveTensors.Count);
    }

    /// <summary>A metric of the target that shows as much of it as one can.</summary>
    private static ProbeMetric Metric(ProbeTarget target) =>
        target switch
        {
            ProbeTarget.Attention => ProbeMetric.AttentionEntropy,
            ProbeTarget.Gradient => ProbeMetric.GradientNoiseScale,
            _ => ProbeMetric.SingularValues,
        };

    private static IReadOnlyList<FolderFigure> Measure(IReadOnlyList<ProbedFolder> folders, FolderProbeOptions options)
    {
        using var probe = new FolderProbe(options, folders);
        return [.. folders.SelectMany(probe.Measure).SelectMany(all => all)];
    }

    private static IEnumerable<(Tensor Before, Tensor After)> Both(LoadedModel first, LoadedModel last) =>
        first.Decoder.Linears.Zip(
            last.Decoder.Linears,
            (before, after) => (before.EffectiveWeight(), after.EffectiveWeight())
        );

    private static (Tensor, Tensor, FolderFigure, FolderFigure) Flat(
        ((Tensor Before, Tensor After) Weights, FolderFigure Norm, FolderFigure Ratio) one
    ) => (one.Weights.Before, one.Weights.After, one.Norm, one.Ratio);
}
