using System.Globalization;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scale;

/// <summary>One cell's folder, with the files that a worker and its run leave there.</summary>
/// <param name="log">Writes its log.</param>
/// <param name="state">Its state, as <c>status.json</c> says it.</param>
/// <param name="step">How far it is.</param>
/// <param name="whole">Whether its log is whole, and not sparse.</param>
internal sealed class SimulatedCell(SimulatedLog log, string state, int step, bool whole)
{
    // A checkpoint takes no room here: the verbs look at its files' lengths and never into them.
    private static readonly (string Name, long Bytes)[] CheckpointFiles =
    [
        ("model.safetensors", 6_000_000),
        ("optimizer.safetensors", 9_000_000),
        ("config.json", 900),
        ("state.json", 1_500),
        ("manifest.json", 800),
    ];

    /// <summary>Writes the folder.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="folder">Its folder, which must not exist.</param>
    public void Write(PlannedCell cell, CellFolder folder)
    {
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(folder.ConfigPath, ConfigJson.Write(cell.Config) + "\n");
        File.WriteAllText(folder.ExecutionPath, Execution(cell).Write());
        var run = SimulatedRecords.Run(cell);
        if (whole)
            log.Write(folder.LogPath, run);
        else
            log.WriteSparse(folder.LogPath, run);
        File.WriteAllText(folder.StatusPath, SimulatedStatus.Of(cell, state, step));
        foreach (var empty in new[] { folder.HeartbeatPath, folder.LockPath, folder.ClaimPath, folder.WorkerLogPath })
            File.WriteAllText(empty, "");
        Checkpoint(folder, Math.Max(0, step - 1000));
        Checkpoint(folder, step);
    }

    private static void Checkpoint(CellFolder folder, int step)
    {
        var path = Path.Combine(folder.CheckpointsPath, string.Create(CultureInfo.InvariantCulture, $"step_{step}"));
        Directory.CreateDirectory(path);
        foreach (var (name, bytes) in CheckpointFiles)
        {
            using var file = File.Create(Path.Combine(path, name));
            file.SetLength(bytes);
        }
    }

    private static ExecutionSettings Execution(PlannedCell cell) =>
        new()
        {
            Threads = 1,
            Device = "cpu",
            MicroBatch = 1,
            Train = cell.Datasets.Train,
            Mix = cell.Datasets.Mix,
            Evaluation = cell.Datasets.Evaluation,
        };
}
