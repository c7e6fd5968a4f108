using ReLoRA.Core.Training;

namespace ReLoRA.Scripting.Running;

/// <summary>How cells are to be executed that are started anew.</summary>
/// <param name="Threads">Threads of each.</param>
/// <param name="Device">The device.</param>
/// <param name="MicroBatch">The micro-batch asked for; null where none is.</param>
/// <param name="Recompute">Whether to recompute; null where nothing is said of it.</param>
/// <param name="Memory">Bytes that each may take.</param>
internal sealed record ExecutionRequest(
    int Threads,
    string Device,
    MicroBatchChoice? MicroBatch,
    bool? Recompute,
    Lazy<long> Memory
)
{
    /// <summary>The completed steps at which a cell pauses. Default: 0, it is trained to its end.</summary>
    public long PauseAt { get; init; }

    /// <summary>Processes that train each cell together. Default: 1.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>The folder that takes events for TensorBoard. Default: null, none are written.</summary>
    public string? TensorBoard { get; init; }

    /// <summary>What a run's options ask for.</summary>
    public static ExecutionRequest Of(RunOptions options, int jobs, int threads) =>
        new(
            threads,
            options.Device,
            options.MicroBatch,
            options.Recompute,
            new Lazy<long>(() => (options.Memory ?? MachineMemory.Available(options.Device)) / (jobs * options.Ranks))
        )
        {
            Ranks = options.Ranks,
            TensorBoard = options.TensorBoard,
        };

    /// <summary>Whether anything is asked for that decides how much memory a cell takes.</summary>
    public bool IsAboutMemory => MicroBatch is not null || Recompute is not null;
}
