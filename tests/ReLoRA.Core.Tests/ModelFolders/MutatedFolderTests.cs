using System.Text;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Safetensors;
using ReLoRA.Core.Tests.Safetensors;
using ReLoRA.Core.Training;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.ModelFolders;

/// <summary>Damaged model folders and checkpoints are refused with a typed error, or load.</summary>
public sealed class MutatedFolderTests : IDisposable
{
    /// <summary>Parsed JSON, a message with every fault, a model of some ten kilobytes and its optimizer: far below what a believed size would take.</summary>
    private const long MostAllocated = 4 << 20;

    private static readonly RunConfig Config = SmallRuns.ReLoRA(ResetSemantics.PaperAsRun);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Three_hundred_mutated_configs_give_faults_or_models() => MutateConfig(300);

    [Fact]
    [Trait("Category", "Slow")]
    public void Twenty_thousand_mutated_configs_give_faults_or_models() => MutateConfig(20_000);

    [Theory]
    [InlineData("optimizer.safetensors")]
    [InlineData("model.safetensors")]
    [InlineData("state.json")]
    [InlineData("config.json")]
    public void Two_hundred_mutated_checkpoints_whose_hashes_were_made_to_fit_give_typed_faults(string file)
    {
        using var model = ModelFactory.Create(Config, CPU);
        using var optimizer = new AdamW(model.Parameters.Trainable, Config.Optimizer);
        // Between a reset and the next update, so that carried-over adapters lie in the file too.
        var linear = model.Linears.OfType<Core.LowRank.ReLoRA.ReLoRALinear>().First();
        optimizer.KeepMaster(linear.A, linear.A);
        var store = new CheckpointStore(folder.Path);
        store.Save(
            Config,
            model,
            optimizer,
            new CheckpointContent
            {
                Cell = "cell",
                State = TrainingState.Start,
                LogOffset = 3,
            }
        );
        var step = Assert.Single(store.Steps);
        var path = Path.Combine(store.PathOf(step), file);
        var whole = File.ReadAllBytes(path);
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 200; i++)
        {
            File.WriteAllBytes(path, Mutation.Of(whole, random));
            if (i % 2 == 0)
                Describe(store.PathOf(step));
            refused += IsRefused(() => store.Load(step, "cell", model, optimizer)) ? 1 : 0;
        }
        // Every second one is caught by its hash.
        Assert.InRange(refused, 90, 200);
    }

    /// <summary>Gives a checkpoint a manifest of what it holds now, so that its files are read for what they are.</summary>
    private static void Describe(string checkpoint)
    {
        var manifest = Path.Combine(checkpoint, CheckpointManifest.FileName);
        File.Delete(manifest);
        File.WriteAllText(
            manifest,
            CheckpointManifest.Text(Directory.GetFiles(checkpoint).Select(CheckpointManifest.Describe))
        );
    }

    private void MutateConfig(int count)
    {
        using (var model = ModelFactory.Create(Config, CPU))
            ModelFolder.Save(folder.Path, Config, model);
        var path = folder.File("config.json");
        var whole = File.ReadAllBytes(path);
        var random = new Random(11);
        for (var i = 0; i < count; i++)
        {
            File.WriteAllBytes(path, Mutation.Of(whole, random));
            IsRefused(() => ModelFolder.Load(folder.Path, Precision.Float32, CPU).Dispose());
        }
    }

    /// <summary>Any other exception fails the test.</summary>
    private static bool IsRefused(Action load)
    {
        var (before, live) = (GC.GetAllocatedBytesForCurrentThread(), LiveTensors.Count);
        var refused = false;
        try
        {
            load();
        }
        catch (Exception e) when (e is UserFaultException or SafetensorsException or CheckpointException)
        {
            refused = true;
            Assert.InRange(Encoding.UTF8.GetByteCount(e.Message), 10, 100_000);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        Assert.InRange(LiveTensors.Count, 0, live + 1);
        return refused;
    }
}
