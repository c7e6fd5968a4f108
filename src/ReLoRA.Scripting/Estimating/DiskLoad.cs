using ReLoRA.Core.Accounting;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Estimating;

/// <summary>Counts what a run leaves on the disk.</summary>
internal static class DiskLoad
{
    /// <summary>A step's record in the log, as measured.</summary>
    private const long BytesOfStep = 170;

    /// <summary>Bytes of log and checkpoints at the end of a run.</summary>
    /// <param name="config">The run.</param>
    /// <param name="size">Its size.</param>
    public static long Bytes(RunConfig config, RunSize size)
    {
        var number = config.Precision == Precision.Float64 ? sizeof(double) : sizeof(float);
        // Weights, and two moments of those that train.
        var checkpoint = number * (size.Parameters + (2 * size.Trained));
        var (checkpoints, saved) = (config.Checkpoint, config.Checkpoint.Every);
        var made = saved == 0 ? 1 : (config.Steps + saved - 1) / saved;
        var kept = checkpoints.KeepEvery == 0 ? 0 : config.Steps / checkpoints.KeepEvery;
        return (Math.Min(made, checkpoints.Keep + kept) * checkpoint) + (BytesOfStep * config.Steps);
    }
}
