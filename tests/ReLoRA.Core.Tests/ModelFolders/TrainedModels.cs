using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.ModelFolders;

/// <summary>Model folders that finished runs left, each trained once for all tests of a class, which only read them.</summary>
public sealed class TrainedModels : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<RunConfig, (string Folder, double Loss)> trained = [];

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    /// <summary>The last checkpoint of a configuration's run, and the loss of its last evaluation.</summary>
    internal (string Folder, double Loss) Of(RunConfig config)
    {
        if (!trained.TryGetValue(config, out var model))
        {
            var cell = SmallRuns.Cell(folder, config, $"runs{trained.Count}");
            Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));
            var loss = RunLogReader.Read(cell.LogPath).Records<EvalRecord>().Last().Loss;
            model = trained[config] = (Path.Combine(cell.CheckpointsPath, "step_30"), loss);
        }
        return model;
    }
}
