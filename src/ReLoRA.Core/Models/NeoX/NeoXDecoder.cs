using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

// B: batch, T: positions, W: model width, V: vocabulary.
namespace ReLoRA.Core.Models.NeoX;

/// <summary>
/// GPT-NeoX (Black et al. 2022), the architecture of Pythia (Biderman et al. 2023). Names and order of weights are Hugging Face's,
/// without <c>gpt_neox.</c> in front.
/// </summary>
public sealed class NeoXDecoder : Decoder
{
    private readonly Tensor embedding_VW;
    private readonly Tensor head_VW;
    private readonly LayerNorm lastNorm;
    private readonly PartialRotary rotary;
    private readonly List<NeoXBlock> blocks;

    internal NeoXDecoder(ModelConfig model, IWeightSource weights, ILinearFactory linears, Device device)
        : base(model)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var build = new DecoderBuilder(model, weights, linears, Parameters, device);
        embedding_VW = build.Embedding("embed_in");
        rotary = new PartialRotary(
            model.MaxSequenceLength,
            model.RotaryWidth,
            model.RopeTheta,
            embedding_VW.dtype,
            device
        );
        blocks = [.. Enumerable.Range(0, model.Layers).Select(i => new NeoXBlock($"layers.{i}", rotary, build))];
        lastNorm = build.LayerNorm("final_layer_norm");
        head_VW = build.Head("embed_out");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NeoXBlock> Blocks => blocks;

    /// <inheritdoc/>
    public override int KeyValueHeads => Model.Heads;

    internal override Tensor Embedding_VW => embedding_VW;

    internal override Tensor Head_VW => head_VW;

    internal override Tensor Normalize(Tensor x_BTW) => lastNorm.Forward(x_BTW);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        rotary.Dispose();
    }
}
