using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;

namespace ReLoRA.Core.Tests.Checkpoints;

/// <summary>A model with its optimizer, and checkpoints of it that can be told apart by a loss.</summary>
internal sealed class SmallCheckpoints : IDisposable
{
    private const string Cell = "0123456789ab";

    private readonly string folder;

    public SmallCheckpoints(string folder, CheckpointConfig checkpoint)
    {
        this.folder = folder;
        Config = SmallRuns.Config with { Checkpoint = checkpoint };
        Model = ModelFactory.Create(Config, TorchSharp.torch.CPU);
        Optimizer = new AdamW(Model.Parameters.Trainable, Config.Optimizer);
    }

    public RunConfig Config { get; }

    public Decoder Model { get; }

    public AdamW Optimizer { get; }

    public void Save(CheckpointStore store, long step, double mark = 0) => store.SaveAndPrune(Image(step, mark));

    public CheckpointImage Image(long step, double mark = 0) =>
        new(
            Config,
            CheckpointTensors.Of(Model, Optimizer),
            new CheckpointContent
            {
                Cell = Cell,
                State = new TrainingState { Step = step, Loss = mark },
                LogOffset = 0,
            }
        );

    /// <summary>What a worker finds that is started now: every checkpoint there is must be whole.</summary>
    public Dictionary<long, double> Found()
    {
        var store = new CheckpointStore(folder);
        store.Recover();
        return store.Steps.ToDictionary(step => step, step => store.Load(step, Cell, Model, Optimizer).State.Loss);
    }

    /// <summary>The names in the folder.</summary>
    public IEnumerable<string?> Names() => Directory.GetDirectories(folder).Select(Path.GetFileName).Order();

    public void Dispose()
    {
        Optimizer.Dispose();
        Model.Dispose();
    }
}
