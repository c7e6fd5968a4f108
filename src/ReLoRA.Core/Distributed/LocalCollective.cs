using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Distributed;

/// <summary>A run of one process: there is nobody to talk to, and no library is loaded.</summary>
public sealed class LocalCollective : ICollective
{
    private LocalCollective() { }

    /// <summary>The only one.</summary>
    public static LocalCollective Only { get; } = new();

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Size => 1;

    /// <inheritdoc/>
    public int LocalRank => 0;

    /// <inheritdoc/>
    public string Name => "one process";

    /// <inheritdoc/>
    public bool IsWaiting => false;

    /// <inheritdoc/>
    public long Completed => 0;

    /// <inheritdoc/>
    public void Barrier() { }

    /// <inheritdoc/>
    public void AllReduceSum(Tensor values) { }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root = 0) { }

    /// <inheritdoc/>
    public void Abort(int code) => ProcessEnd.Now(code);

    /// <inheritdoc/>
    public void Dispose() { }
}
