using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

// B: batch, C: capacity, T: new positions, S: positions so far, K: key/value heads, D: head width.
namespace ReLoRA.Core.Models;

/// <summary>
/// The keys (after rotation) and values of the positions that a decoder has seen, so that the next ones need no second look at
/// the text before them. Memory is taken once, for the whole capacity.
/// </summary>
public sealed class KeyValueCache : IDisposable
{
    private readonly (Tensor Keys_BCKD, Tensor Values_BCKD)[] layers;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="decoder">The model that will fill it.</param>
    /// <param name="batch">Sequences side by side.</param>
    /// <param name="capacity">Positions at most, up to <see cref="ModelConfig.MaxSequenceLength"/>.</param>
    public KeyValueCache(Decoder decoder, int batch, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, decoder.Model.MaxSequenceLength);
        Capacity = capacity;
        layers = [.. decoder.Blocks.Select(_ => (Room(), Room()))];

        Tensor Room() =>
            zeros(
                    batch,
                    capacity,
                    decoder.KeyValueHeads,
                    decoder.Model.HeadWidth,
                    dtype: decoder.Parameters[0].Value.dtype,
                    device: decoder.Device
                )
                .DetachFromDisposeScope();
    }

    /// <summary>Positions it has room for.</summary>
    public int Capacity { get; }

    /// <summary>Positions in it.</summary>
    public int Length { get; private set; }

    /// <summary>A layer's keys, a view: (batch, positions so far, key/value heads, head width).</summary>
    /// <param name="layer">The block's number.</param>
    public Tensor Keys(int layer) => layers[layer].Keys_BCKD.narrow(1, 0, Length);

    /// <summary>A layer's values, a view: (batch, positions so far, key/value heads, head width).</summary>
    /// <param name="layer">The block's number.</param>
    public Tensor Values(int layer) => layers[layer].Values_BCKD.narrow(1, 0, Length);

    /// <summary>Forgets every position.</summary>
    public void Clear() => Length = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (keys_BCKD, values_BCKD) in layers)
        {
            keys_BCKD.Dispose();
            values_BCKD.Dispose();
        }
    }

    /// <summary>Stores a layer's new keys and values. The positions count once <see cref="Advance"/> is called.</summary>
    /// <returns>Views of all positions up to the new ones.</returns>
    internal (Tensor Keys_BSKD, Tensor Values_BSKD) Append(int layer, Tensor keys_BTKD, Tensor values_BTKD)
    {
        var added = keys_BTKD.shape[1];
        var (keys_BCKD, values_BCKD) = layers[layer];
        keys_BCKD.narrow(1, Length, added).copy_(keys_BTKD);
        values_BCKD.narrow(1, Length, added).copy_(values_BTKD);
        return (keys_BCKD.narrow(1, 0, Length + added), values_BCKD.narrow(1, 0, Length + added));
    }

    /// <summary>Counts positions that every layer has stored.</summary>
    internal void Advance(int positions) => Length += positions;
}
