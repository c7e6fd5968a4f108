using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

// B: batch, T: positions, W: model width, V: vocabulary.
namespace ReLoRA.Core.Models;

/// <summary>
/// A decoder of any architecture: embedding, blocks on a residual stream, a last norm and an output head. What trains,
/// evaluates, probes, resets and generates knows this class alone: docs/architectures.md.
/// </summary>
public abstract class Decoder : IDisposable
{
    private protected Decoder(ModelConfig model) => Model = model;

    /// <summary>The model's shape.</summary>
    public ModelConfig Model { get; }

    /// <summary>All weights, in the published order. The model owns them.</summary>
    public ParameterSet Parameters { get; } = new();

    /// <summary>The blocks, first to last.</summary>
    public abstract IReadOnlyList<DecoderBlock> Blocks { get; }

    /// <summary>Heads of keys and values, which a cache holds.</summary>
    public abstract int KeyValueHeads { get; }

    /// <summary>Every linear of every block, in the published order.</summary>
    public IEnumerable<DecoderLinear> Linears => Blocks.SelectMany(block => block.Linears);

    /// <summary>Where the model computes.</summary>
    public Device Device => Parameters[0].Value.device;

    /// <summary>The logits of the next token at each position.</summary>
    /// <param name="ids_BT">Token ids, 64-bit, (batch, positions); positions at most <see cref="ModelConfig.MaxSequenceLength"/>.</param>
    /// <param name="training">Whether dropout acts.</param>
    /// <returns>(batch, positions, vocabulary).</returns>
    /// <exception cref="ArgumentException">The sequence is longer than the model's longest.</exception>
    public Tensor Forward(Tensor ids_BT, bool training) => Logits(Hidden(ids_BT, training));

    /// <summary>The residual stream after the last norm, before the output head.</summary>
    /// <param name="ids_BT">Token ids, (batch, positions).</param>
    /// <param name="training">Whether dropout acts.</param>
    /// <returns>(batch, positions, width).</returns>
    /// <exception cref="ArgumentException">The sequence is longer than the model's longest.</exception>
    public Tensor Hidden(Tensor ids_BT, bool training) => Through(Begin(ids_BT), training);

    /// <summary>The residual stream after the last norm.</summary>
    /// <param name="x_BTW">What <see cref="Begin"/> returned.</param>
    /// <param name="training">Whether dropout acts.</param>
    internal Tensor Through(Tensor x_BTW, bool training)
    {
        foreach (var block in Blocks)
        {
            // What the way back does not need is freed with the block, not with the step.
            using var scope = NewDisposeScope();
            x_BTW = block.Forward(x_BTW, training).MoveToOuterDisposeScope();
        }
        return Normalize(x_BTW);
    }

    /// <summary>The residual stream before the first block.</summary>
    /// <exception cref="ArgumentException">The sequence is longer than the model's longest.</exception>
    internal Tensor Begin(Tensor ids_BT)
    {
        var length = ids_BT.shape[1];
        if (length > Model.MaxSequenceLength)
            throw new ArgumentException(
                $"A sequence of {length} tokens is longer than the model's {Model.MaxSequenceLength}.",
                nameof(ids_BT)
            );
        return Embed(ids_BT);
    }

    /// <summary>The logits of positions that follow those of a cache, which then holds them too. No gradients, no dropout.</summary>
    /// <param name="ids_BT">Token ids, 64-bit, (batch, positions).</param>
    /// <param name="cache">What came before; empty at the start of a text.</param>
    /// <returns>(batch, positions, vocabulary). The caller's scope owns it.</returns>
    /// <exception cref="ArgumentException">The cache has no room for so many positions.</exception>
    public Tensor Forward(Tensor ids_BT, KeyValueCache cache)
    {
        var length = ids_BT.shape[1];
        if (cache.Length + length > cache.Capacity)
            throw new ArgumentException(
                $"{length} tokens after {cache.Length} are more than the cache's {cache.Capacity}.",
                nameof(ids_BT)
            );
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var x_BTW = Embed(ids_BT);
        for (var layer = 0; layer < Blocks.Count; layer++)
            x_BTW = Blocks[layer].Forward(x_BTW, cache, layer);
        cache.Advance((int)length);
        return Logits(Normalize(x_BTW)).MoveToOuterDisposeScope();
    }

    /// <summary>The output head.</summary>
    /// <param name="hidden_BTW">What <see cref="Hidden"/> returns.</param>
    /// <returns>(..., vocabulary).</returns>
    public Tensor Logits(Tensor hidden_BTW) => nn.functional.linear(hidden_BTW, Head_VW);

    /// <summary>The output head's weight, (vocabulary, width).</summary>
    internal abstract Tensor Head_VW { get; }

    /// <summary>The token embedding, (vocabulary, width).</summary>
    internal abstract Tensor Embedding_VW { get; }

    /// <summary>The embeddings of tokens, (batch, positions, width).</summary>
    private Tensor Embed(Tensor ids_BT) =>
        Embedding_VW.index_select(0, ids_BT.flatten()).view(ids_BT.shape[0], ids_BT.shape[1], Embedding_VW.shape[1]);

    /// <summary>The last norm.</summary>
    internal abstract Tensor Normalize(Tensor x_BTW);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the weights; an architecture frees its tables too.</summary>
    /// <param name="disposing">Always true: there are no finalizers.</param>
    protected virtual void Dispose(bool disposing) => Parameters.Dispose();
}
