using static TorchSharp.torch;

namespace ReLoRA.Core.Optimization;

/// <summary>
/// The gradients of all weights that train, in one piece, with room for a few numbers behind them: what processes sum up at once. Gradients of 32
/// or 64 bits lie there for good, and backward passes add to them there; those of 16 bits are summed in 32.
/// </summary>
public sealed class FlatGradients : IDisposable
{
    /// <summary>Each begins at a multiple of 64 bytes, as a tensor of its own would.</summary>
    private const long Alignment = 16;

    private readonly FusedKernels kernels;
    private readonly Tensor[] parts;
    private readonly Tensor[] rounded;

    internal FlatGradients(Tensor[] weights, int tail, FusedKernels kernels)
    {
        this.kernels = kernels;
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var length = weights.Sum(weight => Room(weight));
        var type = weights[0].dtype == bfloat16 ? float32 : weights[0].dtype;
        Whole = zeros(length + tail, type, weights[0].device).DetachFromDisposeScope();
        Tail = Whole.narrow(0, length, tail).DetachFromDisposeScope();
        parts = new Tensor[weights.Length];
        var offset = 0L;
        for (var i = 0; i < weights.Length; i++)
        {
            var part = Whole.narrow(0, offset, weights[i].numel()).view(weights[i].shape);
            parts[i] = part.DetachFromDisposeScope();
            offset += Room(weights[i]);
        }
        rounded =
            weights[0].dtype == type ? [] : [.. weights.Select(weight => zeros_like(weight).DetachFromDisposeScope())];
    }

    /// <summary>All of it.</summary>
    public Tensor Whole { get; }

    /// <summary>The numbers behind the gradients.</summary>
    public Tensor Tail { get; }

    /// <summary>The gradients, in the order of the weights.</summary>
    internal Tensor[] Gradients => rounded.Length > 0 ? rounded : parts;

    /// <summary>Takes in the gradients that lie elsewhere.</summary>
    internal void Gather()
    {
        if (rounded.Length > 0)
            kernels.Copy(parts, rounded);
    }

    /// <summary>Gives them back.</summary>
    internal void Scatter()
    {
        if (rounded.Length > 0)
            kernels.Copy(rounded, parts);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[.. rounded, .. parts, Tail, Whole])
            tensor.Dispose();
    }

    private static long Room(Tensor weight) => (weight.numel() + Alignment - 1) / Alignment * Alignment;
}
