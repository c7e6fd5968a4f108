using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.ModelFolders;

/// <summary>Runs that start from a model folder.</summary>
[Collection(DefaultGenerator.Collection)]
public sealed class StartingModelTests(TrainedModels models) : IClassFixture<TrainedModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int cells;

    public static TheoryData<LowRankMethod> Methods { get; } =
    [LowRankMethod.FullRank, LowRankMethod.LoRA, LowRankMethod.ReLoRA, LowRankMethod.FrozenA];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_run_of_any_method_begins_where_a_full_rank_run_ended(LowRankMethod method)
    {
        var (path, end) = models.Of(SmallRuns.Config);

        var evaluations = Evaluations(Work(From(path, method), path));

        Assert.Equal(end, evaluations[0]);
        Assert.True(evaluations[^1] < end, $"{evaluations[^1]} after {end}");
    }

    [Theory]
    [InlineData(LowRankMethod.FullRank, 4)]
    [InlineData(LowRankMethod.ReLoRA, 4)]
    [InlineData(LowRankMethod.ReLoRA, 2)]
    public void Adapters_of_the_folder_are_merged_first(LowRankMethod method, int rank)
    {
        var (path, end) = models.Of(SmallRuns.ReLoRA(ResetSemantics.Exact));
        var config = From(path, method);
        config = config with { LowRank = config.LowRank with { Rank = rank } };

        // A merge rounds each weight once: some 1e-7 of a loss near 2.
        Assert.Equal(end, Evaluations(Work(config, path))[0], 1e-5);
    }

    [Fact]
    public void A_run_that_was_stopped_resumes_to_the_bit()
    {
        var (path, _) = models.Of(SmallRuns.Config);
        var config = From(path, LowRankMethod.ReLoRA);
        var straight = Losses(Work(config, path));
        var resumed = SmallRuns.Cell(folder, config, $"runs{cells++}", start: path);

        SittingRuns.WorkUntil(resumed, 9);
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(resumed));

        Assert.Equal(straight, Losses(resumed));
    }

    [Fact]
    public void The_cumulative_update_counts_from_the_start_it_was_given()
    {
        var (path, _) = models.Of(SmallRuns.Config);
        var probe = new ProbeConfig { Of = ProbeTarget.CumulativeUpdate };
        var cell = Work(From(path, LowRankMethod.FullRank) with { Probes = [probe] }, path);

        var first = RunLogReader.Read(cell.LogPath).Records<ProbeRecord>().First();
        Assert.All(first.Values, value => Assert.Equal("zero matrix", value.Finding));
    }

    [Fact]
    public void The_identity_is_that_of_the_files_and_not_of_their_place()
    {
        var (path, _) = models.Of(SmallRuns.Config);
        var copy = Directory.CreateDirectory(folder.File("copy")).FullName;
        foreach (var file in new[] { ModelFolder.ConfigName, ModelFolder.WeightsName })
            File.Copy(Path.Combine(path, file), Path.Combine(copy, file));

        Assert.Equal(Id(path), Id(copy));
        var bytes = File.ReadAllBytes(Path.Combine(copy, ModelFolder.WeightsName));
        bytes[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(copy, ModelFolder.WeightsName), bytes);
        Assert.NotEqual(Id(path), Id(copy));
        Assert.NotEqual(CellIdentity.Of(SmallRuns.Config, "x"), Id(path));

        static string Id(string start) =>
            CellIdentity.Of(From(start, LowRankMethod.FullRank), "x", StartingModel.Open(start).Hash);
    }

    [Fact]
    public void A_start_that_changed_after_planning_is_refused()
    {
        var path = Directory.CreateDirectory(folder.File("start")).FullName;
        var (trained, _) = models.Of(SmallRuns.Config);
        foreach (var file in new[] { ModelFolder.ConfigName, ModelFolder.WeightsName })
            File.Copy(Path.Combine(trained, file), Path.Combine(path, file));
        var cell = SmallRuns.Cell(folder, From(path, LowRankMethod.FullRank), "later", start: path);
        var (other, _) = models.Of(SmallRuns.Config with { Seed = 7 });
        File.Copy(
            Path.Combine(other, ModelFolder.WeightsName),
            Path.Combine(path, ModelFolder.WeightsName),
            overwrite: true
        );

        var fault = Assert.Throws<UserFaultException>(() => SmallRuns.Work(cell));
        Assert.Contains($"and the model in {path} this is cell ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_knob_of_another_shape_is_named_at_once()
    {
        var (path, _) = models.Of(SmallRuns.Config);
        var config = SmallRuns.Config with
        {
            Model = SmallRuns.Config.Model with { Layers = 3, HiddenWidth = 32, MaxSequenceLength = 64 },
        };

        Assert.Equal(
            [$"Model.Layers is 3; the model in {path} has 2.", $"Model.HiddenWidth is 32; the model in {path} has 24."],
            StartingModel.Open(path).Unfit(config)
        );
        Assert.Empty(StartingModel.Open(path).Unfit(SmallRuns.Config));
    }

    [Fact]
    public void A_method_without_the_weights_cannot_start_from_them()
    {
        var product = From("model", LowRankMethod.LowRank);
        var cleared = From("model", LowRankMethod.LoRA);
        cleared = cleared with { LowRank = cleared.LowRank with { KeepWeights = false } };

        Assert.Equal(
            "InitFrom is model; allowed: empty with LowRank, which stores no weight to start from.",
            Assert.Single(ConfigValidator.Validate(product)).ToString()
        );
        Assert.Equal(
            "LowRank.KeepWeights is False; allowed: True with InitFrom, whose weights would be cleared.",
            Assert.Single(ConfigValidator.Validate(cleared)).ToString()
        );
    }

    [Fact]
    public void No_tensor_is_left()
    {
        var (path, _) = models.Of(SmallRuns.Config);
        var config = From(path, LowRankMethod.ReLoRA);
        ModelFactory.Create(config, CPU, path).Dispose();
        var before = LiveTensors.Count;
        ModelFactory.Create(config, CPU, path).Dispose();
        Assert.Equal(before, LiveTensors.Count);
    }

    private static RunConfig From(string path, LowRankMethod method)
    {
        var config = SmallRuns.Config;
        return config with { InitFrom = path, LowRank = config.LowRank with { Method = method } };
    }

    private CellFolder Work(RunConfig config, string start)
    {
        var cell = SmallRuns.Cell(folder, config, $"runs{cells++}", start: start);
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));
        return cell;
    }

    private static List<double> Evaluations(CellFolder cell) =>
        [.. RunLogReader.Read(cell.LogPath).Records<EvalRecord>().Select(evaluation => evaluation.Loss)];

    private static List<double> Losses(CellFolder cell) =>
        [.. RunLogReader.Read(cell.LogPath).Records<StepRecord>().Select(step => step.Loss)];
}
