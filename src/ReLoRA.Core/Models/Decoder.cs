using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

// B: batch, T: positions, W: model width, V: vocabulary.
namespace ReLoRA.Core.Models;

/// <summary>
/// The LLaMA-style Pico decoder: RMSNorm, interleaved-pair RoPE, grouped-query attention, SwiGLU, untied embeddings, no
/// biases. Names and order of weights are the published ones.
/// </summary>
public sealed class Decoder : IDisposable
{
    private readonly Tensor embedding_VW;
    private readonly Tensor head_VW;
    private readonly RMSNorm outputNorm;

    /// <summary>Builds a model.</summary>
    /// <param name="model">Its shape.</param>
    /// <param name="weights">Its initial weights; their type is the model's type.</param>
    /// <param name="linears">Makes the blocks' linears: the low-rank method.</param>
    /// <param name="device">Where it computes.</param>
    public Decoder(ModelConfig model, IWeightSource weights, ILinearFactory linears, Device device)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Model = model;
        embedding_VW = Parameters.Add(
            "embedding_proj.weight",
            weights.Embedding("embedding_proj.weight", model.VocabularySize, model.Width).to(device),
            isTrainable: true
        );
        Rotary = new RotaryTable(model.MaxSequenceLength, model.HeadWidth, model.RopeTheta, embedding_VW.dtype, device);
        Blocks =
        [
            .. Enumerable
                .Range(0, model.Layers)
                .Select(i => new DecoderBlock($"layers.{i}", model, Rotary, Build, weights, Parameters)),
        ];
        outputNorm = new RMSNorm(
            "output_norm",
            weights.Norm("output_norm.weight", model.Width).to(device),
            model.NormEpsilon,
            Parameters
        );
        head_VW = Parameters.Add(
            "de_embedding_proj.weight",
            weights.Linear("de_embedding_proj.weight", model.VocabularySize, model.Width).to(device),
            isTrainable: true
        );

        DecoderLinear Build(string name, long outputs, long inputs) =>
            linears.Create(name, weights.Linear($"{name}.weight", outputs, inputs).to(device), Parameters);
    }

    /// <summary>The model's shape.</summary>
    public ModelConfig Model { get; }

    /// <summary>All weights, in the published order. The model owns them.</summary>
    public ParameterSet Parameters { get; } = new();

    /// <summary>The blocks, first to last.</summary>
    public IReadOnlyList<DecoderBlock> Blocks { get; }

    /// <summary>The turns of each position.</summary>
    internal RotaryTable Rotary { get; }

    /// <summary>Every linear of every block, in the published order.</summary>
    public IEnumerable<DecoderLinear> Linears => Blocks.SelectMany(block => block.Linears);

    /// <summary>Where the model computes.</summary>
    public Device Device => embedding_VW.device;

    /// <summary>The logits of the next token at each position.</summary>
    /// <param name="ids_BT">Token ids, 64-bit, (batch, positions); positions at most <see cref="ModelConfig.MaxSequenceLength"/>.</param>
    /// <param name="training">Whether dropout acts.</param>
    /// <returns>(batch, positions, vocabulary).</returns>
    /// <exception cref="ArgumentException">The sequence is longer than the rotary table.</exception>
    public Tensor Forward(Tensor ids_BT, bool training) => Logits(Hidden(ids_BT, training));

    /// <summary>The residual stream after the last norm, before the output head.</summary>
    /// <param name="ids_BT">Token ids, (batch, positions).</param>
    /// <param name="training">Whether dropout acts.</param>
    /// <returns>(batch, positions, width).</returns>
    /// <exception cref="ArgumentException">The sequence is longer than the rotary table.</exception>
    public Tensor Hidden(Tensor ids_BT, bool training)
    {
        var length = ids_BT.shape[1];
        if (length > Model.MaxSequenceLength)
            throw new ArgumentException(
                $"A sequence of {length} tokens is longer than the model's {Model.MaxSequenceLength}.",
                nameof(ids_BT)
            );
        var x_BTW = Embed(ids_BT);
        foreach (var block in Blocks)
            x_BTW = block.Forward(x_BTW, training);
        return outputNorm.Forward(x_BTW);
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
        return Logits(outputNorm.Forward(x_BTW)).MoveToOuterDisposeScope();
    }

    /// <summary>The output head.</summary>
    /// <param name="hidden_BTW">What <see cref="Hidden"/> returns.</param>
    public Tensor Logits(Tensor hidden_BTW) => nn.functional.linear(hidden_BTW, head_VW);

    /// <summary>The embeddings of tokens, (batch, positions, width).</summary>
    internal Tensor Embed(Tensor ids_BT) =>
        embedding_VW.index_select(0, ids_BT.flatten()).view(ids_BT.shape[0], ids_BT.shape[1], Model.Width);

    /// <inheritdoc/>
    public void Dispose()
    {
        Parameters.Dispose();
        Rotary.Dispose();
    }
}
