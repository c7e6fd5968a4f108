using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models.NeoX;

/// <summary>GPT-NeoX's names, shapes and rules.</summary>
internal sealed class NeoXArchitecture : DecoderArchitecture
{
    public override Architecture Name => Architecture.NeoX;

    public override string FeedForward => "mlp";

    public override IReadOnlyList<string> UnusedKnobs { get; } = [nameof(ModelConfig.KeyValueHeads)];

    public override FolderFormat Folder { get; } = new NeoXFolder();

    public override Decoder Create(ModelConfig model, IWeightSource weights, ILinearFactory linears, Device device) =>
        new NeoXDecoder(model, weights, linears, device);

    public override IEnumerable<WeightShape> Weights(ModelConfig model) =>
        [
            new("embed_in.weight", [model.VocabularySize, model.Width]),
            .. Enumerable.Range(0, model.Layers).SelectMany(layer => Block($"layers.{layer}", model)),
            .. Norm("final_layer_norm", model),
            new("embed_out.weight", [model.VocabularySize, model.Width]),
        ];

    // The stream, twice where attention comes first, the norms' figures, and what GELU is taken of; query, key, value and what attention
    // makes of them. The value is a view of the fused projection, which lives as long, unless it is rounded.
    public override BlockActivations Activations(ModelConfig model, int number, int rounded)
    {
        var streams = model.ParallelResidual ? 1L : 2L;
        var values = rounded < number ? rounded : 3L * number;
        return new(
            (number * ((streams * model.Width) + model.HiddenWidth + model.Heads + 4))
                + (((3L * rounded) + values) * model.Width),
            [
                new(["attention.query_key_value"], model.Width),
                new(["attention.dense"], model.Width, IsRounded: true, IsKept: true),
                new(["mlp.dense_h_to_4h"], model.Width),
                new(["mlp.dense_4h_to_h"], model.HiddenWidth),
            ]
        );
    }

    public override IEnumerable<ConfigFault> Check(ModelConfig model)
    {
        if (model.Width % model.Heads != 0)
            yield return new ConfigFault("Model.Heads", $"{model.Heads}", $"a divisor of Model.Width ({model.Width})");
        else if (model.RotaryWidth is 0 || model.RotaryWidth % 2 != 0)
            yield return new ConfigFault(
                "Model.RotaryFraction",
                FormattableString.Invariant($"{model.RotaryFraction}, {model.RotaryWidth} of a head's features"),
                $"a share of a head's width ({model.HeadWidth}) that is an even number of features, at least 2"
            );
    }

    private static IEnumerable<WeightShape> Block(string name, ModelConfig model) =>
        [
            .. Norm($"{name}.input_layernorm", model),
            .. Norm($"{name}.post_attention_layernorm", model),
            .. Linear($"{name}.attention.query_key_value", 3L * model.Width, model.Width),
            .. Linear($"{name}.attention.dense", model.Width, model.Width),
            .. Linear($"{name}.mlp.dense_h_to_4h", model.HiddenWidth, model.Width),
            .. Linear($"{name}.mlp.dense_4h_to_h", model.Width, model.HiddenWidth),
        ];

    private static WeightShape[] Norm(string name, ModelConfig model) =>
        [new($"{name}.weight", [model.Width]), new($"{name}.bias", [model.Width])];

    private static WeightShape[] Linear(string name, long outputs, long inputs) =>
        [new($"{name}.weight", [outputs, inputs], IsLinear: true), new($"{name}.bias", [outputs])];
}
