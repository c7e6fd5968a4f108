using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

// B: batch, T: positions, W: model width, V: vocabulary.
namespace ReLoRA.Core.Models.Pico;

/// <summary>
/// The LLaMA-style Pico decoder: RMSNorm, interleaved-pair RoPE, grouped-query attention, SwiGLU, untied embeddings, no
/// biases. Names and order of weights are the published ones.
/// </summary>
public sealed class PicoDecoder : Decoder
{
    private readonly Tensor embedding_VW;
    private readonly Tensor head_VW;
    private readonly RMSNorm outputNorm;
    private readonly List<PicoBlock> blocks;

    internal PicoDecoder(ModelConfig model, IWeightSource weights, ILinearFactory linears, Device device)
        : base(model)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var build = new DecoderBuilder(model, weights, linears, Parameters, device);
        embedding_VW = build.Embedding("embedding_proj");
        Rotary = new RotaryTable(model.MaxSequenceLength, model.HeadWidth, model.RopeTheta, embedding_VW.dtype, device);
        blocks = [.. Enumerable.Range(0, model.Layers).Select(i => new PicoBlock($"layers.{i}", Rotary, build))];
        outputNorm = build.RMSNorm("output_norm");
        head_VW = build.Head("de_embedding_proj");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<PicoBlock> Blocks => blocks;

    /// <inheritdoc/>
    public override int KeyValueHeads => Model.KeyValueHeads;

    /// <summary>The turns of each position.</summary>
    internal RotaryTable Rotary { get; }

    internal override Tensor Embedding_VW => embedding_VW;

    internal override Tensor Head_VW => head_VW;

    internal override Tensor Normalize(Tensor x_BTW) => outputNorm.Forward(x_BTW);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Rotary.Dispose();
    }
}
