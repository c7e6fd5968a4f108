using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>What an architecture builds its parts with. Weights are drawn and registered in the order of the calls.</summary>
/// <param name="Model">The shape.</param>
/// <param name="Weights">Initial weights; their type is the model's type.</param>
/// <param name="Linears">Makes the blocks' linears: the low-rank method.</param>
/// <param name="Parameters">The new model's weights.</param>
/// <param name="Device">Where it computes.</param>
internal sealed record DecoderBuilder(
    ModelConfig Model,
    IWeightSource Weights,
    ILinearFactory Linears,
    ParameterSet Parameters,
    Device Device
)
{
    /// <summary>Who sees attention; null for nobody.</summary>
    public IAttentionObserver? Observer => Linears as IAttentionObserver;

    /// <summary>The token embedding, (vocabulary, width).</summary>
    public Tensor Embedding(string name) =>
        Add($"{name}.weight", Weights.Embedding($"{name}.weight", Model.VocabularySize, Model.Width));

    /// <summary>The output head, (vocabulary, width): a linear that no low-rank method touches.</summary>
    public Tensor Head(string name) =>
        Add($"{name}.weight", Weights.Linear($"{name}.weight", Model.VocabularySize, Model.Width));

    /// <summary>One of a block's linears.</summary>
    public DecoderLinear Linear(string name, long outputs, long inputs) =>
        Linears.Create(name, Weights.Linear($"{name}.weight", outputs, inputs).to(Device), Parameters);

    /// <summary>One of a block's linears, and its bias.</summary>
    public BiasedLinear BiasedLinear(string name, long outputs, long inputs) =>
        new(Linear(name, outputs, inputs), Add($"{name}.bias", Weights.Bias($"{name}.bias", outputs, inputs)));

    /// <summary>A norm without a bias.</summary>
    public RMSNorm RMSNorm(string name) =>
        new(Add($"{name}.weight", Weights.Norm($"{name}.weight", Model.Width)), Model.NormEpsilon);

    /// <summary>A norm with a bias, which starts at zero.</summary>
    public LayerNorm LayerNorm(string name)
    {
        var weight_W = Add($"{name}.weight", Weights.Norm($"{name}.weight", Model.Width));
        var bias_W = Add($"{name}.bias", zeros(Model.Width, dtype: weight_W.dtype));
        return new LayerNorm(weight_W, bias_W, Model.NormEpsilon);
    }

    private Tensor Add(string name, Tensor value) => Parameters.Add(name, value.to(Device), isTrainable: true);
}
