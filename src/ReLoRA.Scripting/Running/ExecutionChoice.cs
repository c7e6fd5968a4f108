using ReLoRA.Core;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.TensorBoard;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Chooses a cell's execution settings: those of its first start where it has been started.</summary>
internal static class ExecutionChoice
{
    /// <summary>Of one forward pass; at a vocabulary of 50,304 its logits take 0.8 GB in single precision.</summary>
    private const int MostTokens = 4096;

    /// <exception cref="UserFaultException">The settings of the first start cannot be read.</exception>
    /// <exception cref="UserFaultException">The micro-batch asked for does not fit.</exception>
    public static ExecutionSettings For(PlannedCell cell, CellFolder folder, ExecutionRequest request)
    {
        var first = First(folder) ?? Fresh(cell.Config.Data, request.Threads, request.Device);
        BatchShares.RequireDivides(cell.Config.Data, request.Ranks);
        var settings = HasCheckpoint(folder) ? first : Asked(cell.Config, first, request);
        return settings with
        {
            Train = cell.Datasets.Train,
            Mix = cell.Datasets.Mix,
            Evaluation = cell.Datasets.Evaluation,
            Script = cell.Script,
            Pairs = cell.Datasets.Pairs,
            Tokenizer = cell.Datasets.Tokenizer,
            Tasks = cell.Datasets.Tasks,
            Start = cell.Datasets.Start?.Folder ?? "",
            PauseAt = request.PauseAt,
            Ranks = request.Ranks,
            TensorBoard = request.TensorBoard is { } root ? EventFolder.Of(root, cell.Label, cell.Id) : "",
        };
    }

    /// <summary>Whether a cell is so far that it can only go on as it began.</summary>
    public static bool HasCheckpoint(CellFolder folder) => new CheckpointStore(folder.CheckpointsPath).Steps.Count > 0;

    /// <summary>The largest divisor of the batch whose tokens are few enough; at least one row.</summary>
    public static int MicroBatch(DataConfig data)
    {
        var most = Math.Clamp(MostTokens / data.SequenceLength, 1, data.BatchSize);
        return Enumerable.Range(1, most).Last(rows => data.BatchSize % rows == 0);
    }

    private static ExecutionSettings Asked(RunConfig config, ExecutionSettings settings, ExecutionRequest request)
    {
        var recompute = request.Recompute ?? settings.Recompute;
        return settings with
        {
            Recompute = recompute,
            MicroBatch =
                request.MicroBatch?.Resolve(config, recompute, () => request.Memory.Value) ?? settings.MicroBatch,
        };
    }

    private static ExecutionSettings Fresh(DataConfig data, int threads, string device) =>
        new()
        {
            Threads = threads,
            Device = device,
            MicroBatch = MicroBatch(data),
            Train = "",
            Evaluation = "",
        };

    private static ExecutionSettings? First(CellFolder folder)
    {
        if (!File.Exists(folder.ExecutionPath))
            return null;
        try
        {
            return ExecutionSettings.Read(File.ReadAllText(folder.ExecutionPath));
        }
        catch (FormatException e)
        {
            throw new UserFaultException(
                $"{folder.ExecutionPath}: {e.Message} A cell goes on only as it began: restore the file, or delete {folder.Path} "
                    + "to train the cell from its start.",
                e
            );
        }
    }
}
