using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests;

/// <summary>What the published implementations compute on recorded inputs. Tests that need it are skipped where it is not.</summary>
internal static class Golden
{
    /// <summary>Logits, losses and gradients in 64 bits: an independent implementation agreed to 1e-14; the margin is for other BLAS builds.</summary>
    public const double Float64 = 1e-10;

    /// <summary>32-bit logits against 64-bit ones: 3.3e-6 was measured for the published code itself.</summary>
    public const double Float32Logits = 2e-5;

    /// <summary>32-bit gradients against 64-bit ones: 1.0e-7 was measured for the published code itself.</summary>
    public const double Float32Gradients = 1e-5;

    /// <summary>Norms and sums of 32-bit gradients: up to 1e4 elements, each 1e-7 off at most, in both directions alike.</summary>
    public const double Float32GradientSums = 1e-4;

    /// <summary>64-bit logits against the published code with its own casts to 32 bits: 1.1e-6 was measured there.</summary>
    public const double PublishedCasts = 1e-5;

    /// <summary>Cosines and sines in 32 bits: an angle of up to 63 has an ulp of 3.8e-6, and powers differ by one between libraries. Here they are equal.</summary>
    public const double Float32Rotation = 1e-5;

    /// <summary>Merged weights in 64 bits: 1e-15 was measured.</summary>
    public const double Merged = 1e-12;

    public static IReadOnlyDictionary<string, Tensor> Tensors(params string[] parts) =>
        SafetensorsFile.Read(SharedData.Require(["golden", .. parts]));

    public static JsonNode Json(params string[] parts) =>
        JsonNode.Parse(File.ReadAllText(SharedData.Require(["golden", .. parts])))!;

    public static ModelConfig Model(string name)
    {
        var json = Json("decoder", name, "config.json");
        return new ModelConfig
        {
            VocabularySize = (int)json["vocab_size"]!,
            Width = (int)json["d_model"]!,
            Layers = (int)json["n_layers"]!,
            Heads = (int)json["attention_n_heads"]!,
            KeyValueHeads = (int)json["attention_n_kv_heads"]!,
            HiddenWidth = (int)json["activation_hidden_dim"]!,
            MaxSequenceLength = (int)json["max_seq_len"]!,
            NormEpsilon = (double)json["norm_eps"]!,
            RopeTheta = (double)json["position_emb_theta"]!,
        };
    }

    /// <summary>The recorded decoder under a configuration's method and precision.</summary>
    public static Decoder Decoder(string name, RunConfig config)
    {
        var stored = Tensors("decoder", name, "weights_f32.safetensors");
        var model = ModelFactory.Create(config with { Model = Model(name) }, CPU);
        Load(model, stored);
        return model;
    }

    public static void Load(Decoder model, IReadOnlyDictionary<string, Tensor> stored)
    {
        using var frozen = no_grad();
        foreach (var parameter in model.Parameters.Where(parameter => stored.ContainsKey(parameter.Name)))
            parameter.Value.copy_(stored[parameter.Name]);
    }

    public static void Copy(Tensor from, Tensor to)
    {
        using var frozen = no_grad();
        to.copy_(from);
    }

    public static double LargestDifference(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        return (expected.to(float64) - actual.to(float64)).abs().max().item<double>();
    }

    /// <summary>Asserts nearness, and says what differs by how much.</summary>
    public static void Near(
        Tensor expected,
        Tensor actual,
        double tolerance,
        [CallerArgumentExpression(nameof(expected))] string what = "",
        [CallerMemberName] string test = ""
    ) => Near(what, 0, LargestDifference(expected, actual), tolerance, test);

    public static void Near(
        string what,
        double expected,
        double actual,
        double tolerance,
        [CallerMemberName] string test = ""
    )
    {
        var difference = Math.Abs(expected - actual);
        Assert.True(difference < tolerance, $"{test}, {what}: {difference:R} is not below {tolerance:R}");
    }

    public static Tensor Loss(Decoder model, Tensor inputs, Tensor labels, bool training = false) =>
        nn.functional.cross_entropy(model.Forward(inputs, training).flatten(0, 1), labels.flatten());
}
