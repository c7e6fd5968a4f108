using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Training;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.ModelFolders;

[Collection(DefaultGenerator.Collection)]
public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, LowRankConfig> Methods { get; } =
        new()
        {
            { "low rank", Of(LowRankMethod.LowRank) },
            {
                "low rank, hybrid",
                Of(LowRankMethod.LowRank) with
                {
                    Ranks = new() { ByLayer = [new("layers.0.*", 0)] },
                }
            },
            { "LoRA", Of(LowRankMethod.LoRA) },
            { "LoRA only", Of(LowRankMethod.LoRA) with { KeepWeights = false } },
            { "trained scale", Of(LowRankMethod.ReLoRA) with { Scaling = AdapterScaling.TrainableTanh } },
            { "frozen A", Of(LowRankMethod.FrozenA) },
            { "growing", Of(LowRankMethod.ReLoRA) with { Ranks = new() { ByCycle = [2, 6] } } },
        };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_checkpoint_of_any_method_computes_what_the_run_did(string name, LowRankConfig lowRank)
    {
        Assert.NotEmpty(name);
        using var scope = NewDisposeScope();
        var cell = SmallRuns.Cell(folder, SmallRuns.Config with { LowRank = lowRank });
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));
        using var inputs = CellInputs.Read(cell);
        using var parts = new RunParts(inputs);
        new CheckpointStore(cell.CheckpointsPath).Load(30, cell.Id, parts.Model, parts.Optimizer);

        using var loaded = ModelFolder.Load(Path.Combine(cell.CheckpointsPath, "step_30"), Precision.Float32, CPU);

        var ids = tensor(new long[] { 3, 18, 29, 20, 7 }).reshape(1, 5);
        using var frozen = no_grad();
        Assert.Equal(
            0,
            Golden.LargestDifference(
                parts.Model.Forward(ids, training: false),
                loaded.Decoder.Forward(ids, training: false)
            )
        );
    }

    [Fact]
    public void A_runs_checkpoint_is_a_model_folder_with_its_adapters()
    {
        using var scope = NewDisposeScope();
        var config = SmallRuns.ReLoRA(ResetSemantics.PaperSingleGpu);
        var cell = SmallRuns.Cell(folder, config);
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));
        var checkpoint = Path.Combine(cell.CheckpointsPath, "step_30");

        using var loaded = ModelFolder.Load(checkpoint, Precision.Float32, CPU);

        var stored = SafetensorsFile.Read(Path.Combine(checkpoint, ModelFolder.WeightsName));
        Assert.Equal(stored.Keys, loaded.Decoder.Parameters.Select(parameter => $"pico_decoder.{parameter.Name}"));
        Assert.Equal(config.Model, loaded.Config.Model);
        Assert.Equal(config.LowRank.Scale, loaded.Config.LowRank.Scale);
        foreach (var parameter in loaded.Decoder.Parameters)
            Assert.Equal(0, Golden.LargestDifference(stored[$"pico_decoder.{parameter.Name}"], parameter.Value));
        Assert.Contains(loaded.Decoder.Parameters, one => one.Name.EndsWith("B_lora.weight", StringComparison.Ordinal));
    }

    private static LowRankConfig Of(LowRankMethod method) => SmallRuns.Config.LowRank with { Method = method };
}
