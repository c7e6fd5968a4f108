using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Models;
using ReLoRA.Core.Tests.Parity;
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

    /// <summary>Merged weights in 32 bits: up to 4 here, so half an ulp is 2.4e-7, once for the product's sum and once for the weight's.</summary>
    public const double Float32Merged = 1e-6;

    /// <summary>Whether a file was recorded; skips the test where none are.</summary>
    public static bool Has(params string[] parts) =>
        File.Exists(Path.Combine([SharedData.Require("golden"), .. parts]));

    public static IReadOnlyDictionary<string, Tensor> Tensors(params string[] parts)
    {
        var tensors = SafetensorsFile.Read(SharedData.Require(["golden", .. parts]));
        foreach (var (name, value) in tensors)
            ParityRecord.Register(value, $"golden/{string.Join('/', parts)}", name);
        return tensors;
    }

    public static JsonNode Json(params string[] parts) => SharedJson(["golden", .. parts]);

    public static JsonNode SharedJson(params string[] parts)
    {
        var json = JsonNode.Parse(File.ReadAllText(SharedData.Require(parts)))!;
        ParityRecord.Register(json, string.Join('/', parts), "");
        return json;
    }

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
        using var scope = NewDisposeScope();
        return (expected.to(float64) - actual.to(float64)).abs().max().item<double>();
    }

    /// <summary>Asserts nearness, notes it for the table of parity, and says what differs by how much.</summary>
    public static void Near(
        Tensor expected,
        Tensor actual,
        double tolerance,
        [CallerArgumentExpression(nameof(expected))] string what = "",
        [CallerMemberName] string test = "",
        bool isNaNAllowed = false
    )
    {
        var difference = isNaNAllowed
            ? LargestDifference(expected.nan_to_num(), actual.nan_to_num())
            : LargestDifference(expected, actual);
        ParityRecord.Add(expected, difference, tolerance);
        Within(what, difference, tolerance, test);
    }

    /// <inheritdoc cref="Near(Tensor, Tensor, double, string, string, bool)"/>
    public static void Near(
        JsonNode expected,
        double actual,
        double tolerance,
        bool isRelative = false,
        [CallerMemberName] string test = ""
    )
    {
        var recorded = Number(expected);
        var difference = recorded.Equals(actual) ? 0 : Math.Abs(recorded - actual);
        if (isRelative && difference > 0)
            difference /= Math.Abs(recorded);
        ParityRecord.Add(expected, difference, tolerance, isRelative);
        Within(expected.GetPath(), difference, tolerance, test);
    }

    public static void Near(
        string what,
        double expected,
        double actual,
        double tolerance,
        [CallerMemberName] string test = ""
    ) => Within(what, Math.Abs(expected - actual), tolerance, test);

    /// <summary>
    /// Asserts what ours returns where a recorded entry is undefined, raised or is rounding, and notes both for the table of parity.
    /// </summary>
    public static void Undefined(JsonNode expected, SpectrumFigure ours, string finding)
    {
        Assert.True(ours.Finding == finding, $"{expected.GetPath()}: \"{ours.Finding}\" and not \"{finding}\"");
        Assert.True(finding.Length > 0 || double.IsFinite(ours.Value), $"{expected.GetPath()}: {ours}");
        var figure = double.IsFinite(ours.Value) ? FormattableString.Invariant($"{ours.Value:G6}") : "";
        var text = string.Join(", ", new[] { figure, finding }.Where(part => part.Length > 0));
        ParityRecord.AddCase(expected, Published(expected), text);
    }

    private static string Published(JsonNode expected) =>
        expected is System.Text.Json.Nodes.JsonObject raised
            ? $"raises {raised["error"]}"
            : FormattableString.Invariant($"{Number(expected):G6}");

    /// <summary>Asserts that a recorded number is met to its last digit.</summary>
    public static void Same(JsonNode expected, double actual) => Near(expected, actual, tolerance: 0);

    /// <summary>A recorded number; what JSON cannot write as one is recorded as text.</summary>
    public static double Number(JsonNode recorded) =>
        recorded.GetValueKind() == System.Text.Json.JsonValueKind.String
            ? double.Parse((string)recorded!, System.Globalization.CultureInfo.InvariantCulture)
            : (double)recorded;

    private static void Within(string what, double difference, double tolerance, string test) =>
        Assert.True(difference <= tolerance, $"{test}, {what}: {difference:R} is above {tolerance:R}");

    public static Tensor Loss(Decoder model, Tensor inputs, Tensor labels, bool training = false) =>
        nn.functional.cross_entropy(model.Forward(inputs, training).flatten(0, 1), labels.flatten());
}
