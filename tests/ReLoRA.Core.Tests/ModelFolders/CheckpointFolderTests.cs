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

    public void Dispose() => folder.Dispose();

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
}
