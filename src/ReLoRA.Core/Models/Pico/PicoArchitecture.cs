using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models.Pico;

/// <summary>The Pico decoder's names, shapes and rules.</summary>
internal sealed class PicoArchitecture : DecoderArchitecture
{
    public override Architecture Name => Architecture.Pico;

    public override string FeedForward => "swiglu";

    public override IReadOnlyList<string> UnusedKnobs { get; } =
    [nameof(ModelConfig.RotaryFraction), nameof(ModelConfig.ParallelResidual)];

    public override FolderFormat Folder { get; } = new PicoFolder();

    public override Decoder Create(ModelConfig model, IWeightSource weights, ILinearFactory linears, Device device) =>
        new PicoDecoder(model, weights, linears, device);

    public override IEnumerable<WeightShape> Weights(ModelConfig model) =>
        [
            new("embedding_proj.weight", [model.VocabularySize, model.Width]),
            .. Enumerable.Range(0, model.Layers).SelectMany(layer => Block($"layers.{layer}", model)),
            new("output_norm.weight", [model.Width]),
            new("de_embedding_proj.weight", [model.VocabularySize, model.Width]),
        ];

    // The stream before and after attention and both norms before their weights; query, key and value of all heads, what attention makes
    // of them and its one normalizer a head; gate, its SiLU and what is multiplied with it.
    public override BlockActivations Activations(ModelConfig model, int number, int rounded) =>
        new(
            (number * ((4L * model.Width) + model.Heads + 2))
                + (rounded * ((4L * model.Width) + (3L * model.HiddenWidth))),
            [
                new(["attention.q_proj", "attention.k_proj", "attention.v_proj"], model.Width),
                new(["attention.o_proj"], model.Width, IsRounded: true, IsKept: true),
                new(["swiglu.w_0", "swiglu.w_1"], model.Width),
                new(["swiglu.w_2"], model.HiddenWidth, IsRounded: true),
            ]
        );

    public override IEnumerable<ConfigFault> Check(ModelConfig model)
    {
        if (model.Width % model.Heads != 0 || model.HeadWidth % 2 != 0)
            yield return new ConfigFault(
                "Model.Heads",
                $"{model.Heads}",
                $"a divisor of Model.Width ({model.Width}) that leaves heads of even width"
            );
        if (model.Heads % model.KeyValueHeads != 0)
            yield return new ConfigFault(
                "Model.KeyValueHeads",
                $"{model.KeyValueHeads}",
                $"a divisor of Model.Heads ({model.Heads})"
            );
    }

    private static WeightShape[] Block(string name, ModelConfig model)
    {
        var (width, hidden) = (model.Width, model.HiddenWidth);
        var keys = (long)model.KeyValueHeads * model.HeadWidth;
        return
        [
            Linear("attention.q_proj", width, width),
            Linear("attention.k_proj", keys, width),
            Linear("attention.v_proj", keys, width),
            Linear("attention.o_proj", width, width),
            Linear("swiglu.w_0", hidden, width),
            Linear("swiglu.w_1", hidden, width),
            Linear("swiglu.w_2", width, hidden),
            new($"{name}.attention_norm.weight", [width]),
            new($"{name}.swiglu_norm.weight", [width]),
        ];

        WeightShape Linear(string linear, long outputs, long inputs) =>
            new($"{name}.{linear}.weight", [outputs, inputs], IsLinear: true);
    }
}
