using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models.Pico;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Models;

/// <summary>Everything recorded of the published decoder beside what <see cref="DecoderTests"/> compares.</summary>
public sealed class GoldenDecoderTests
{
    private static readonly RunConfig InFloat64 = new() { Precision = Precision.Float64 };

    public static TheoryData<string, string, string, Precision> Batches { get; } = [];

    static GoldenDecoderTests()
    {
        foreach (var model in new[] { "main", "mha" })
        {
            foreach (var batch in new[] { "main", "maxlen", "seq1" })
            {
                foreach (var mode in GoldenMode.Names)
                    Batches.Add(model, batch, mode, GoldenMode.Of(mode).Precision);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Losses_are_those_of_the_published_code(string name, string batch, string mode, Precision precision)
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, new RunConfig { Precision = precision });
        var ids = Golden.Tensors("decoder", name, "batches.safetensors");
        var loss = Golden.Loss(model, ids[$"{batch}.input_ids"], ids[$"{batch}.labels"]).to(float64).item<double>();
        var expected = Golden.Json("decoder", name, "results.json")["modes"]![mode]![batch]!["loss"]!;

        Golden.Near(expected, loss, GoldenMode.Of(mode).Values);
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Norms_and_sums_of_every_gradient_are_those_of_the_published_code(
        string name,
        string batch,
        string mode,
        Precision precision
    )
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, new RunConfig { Precision = precision });
        var ids = Golden.Tensors("decoder", name, "batches.safetensors");
        Golden.Loss(model, ids[$"{batch}.input_ids"], ids[$"{batch}.labels"]).backward();
        var expected = Golden.Json("decoder", name, "results.json")["modes"]![mode]![batch]!;

        // A sum adds the errors of all elements up, a norm their squares: 1e-5 an element would allow far more.
        var tolerance = mode == "f64" ? Golden.Float64 : Golden.Float32GradientSums;
        var squares = 0.0;
        foreach (var parameter in model.Parameters)
        {
            using var gradient = parameter.Value.grad!;
            var exact = gradient.to(float64);
            var (norm, sum) = (exact.norm().item<double>(), exact.sum().item<double>());
            Golden.Near(expected["grad_l2"]![parameter.Name]!, norm, tolerance);
            Golden.Near(expected["grad_sum"]![parameter.Name]!, sum, tolerance);
            squares += norm * norm;
        }
        Golden.Near(expected["grad_total_l2"]!, Math.Sqrt(squares), tolerance);
    }

    [Theory]
    [InlineData("main", "seq1")]
    [InlineData("mha", "seq1")]
    [InlineData("main", "main")]
    [InlineData("mha", "main")]
    public void Logits_in_32_bits_are_those_of_the_published_code_in_either_precision(string name, string batch)
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, new RunConfig());
        var ids = Golden.Tensors("decoder", name, "batches.safetensors")[$"{batch}.input_ids"];
        var logits = model.Forward(ids, training: true);

        foreach (var mode in new[] { "f32", "f64" })
            Golden.Near(
                Golden.Tensors("decoder", name, $"outputs_{mode}.safetensors")[$"{batch}.logits"],
                logits,
                Golden.Float32Logits
            );
    }

    [Theory]
    [InlineData("main")]
    [InlineData("mha")]
    public void Logits_of_the_longest_sequence_in_32_bits_are_near_those_in_64(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, new RunConfig());
        var ids = Golden.Tensors("decoder", name, "batches.safetensors")["maxlen.input_ids"];
        var expected = Golden.Tensors("decoder", name, "outputs_f64.safetensors")["maxlen.logits"];

        Golden.Near(expected, model.Forward(ids, training: false), Golden.Float32Logits);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("mha")]
    public void Logits_are_near_those_of_the_published_code_with_its_casts_left_in(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, InFloat64);
        var ids = Golden.Tensors("decoder", name, "batches.safetensors")["main.input_ids"].narrow(0, 0, 1);
        var expected = Golden.Tensors("decoder", name, "outputs_f64_asis.safetensors")["main.logits"];

        Golden.Near(expected, model.Forward(ids, training: false), Golden.PublishedCasts);
    }

    [Theory]
    [InlineData("main", "f32")]
    [InlineData("main", "f64")]
    [InlineData("mha", "f32")]
    [InlineData("mha", "f64")]
    public void Every_gradient_in_32_bits_is_that_of_the_published_code(string name, string mode)
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, new RunConfig());
        var batch = Golden.Tensors("decoder", name, "batches.safetensors");
        var expected = Golden.Tensors("decoder", name, $"outputs_{mode}.safetensors");
        Golden.Loss(model, batch["main.input_ids"], batch["main.labels"]).backward();
        var recorded = model
            .Parameters.Where(parameter => expected.ContainsKey($"main.grad.{parameter.Name}"))
            .ToList();

        // The two embeddings are not recorded in 32 bits.
        Assert.Equal(model.Parameters.Count - (mode == "f32" ? 2 : 0), recorded.Count);
        foreach (var parameter in recorded)
        {
            using var gradient = parameter.Value.grad!;
            Golden.Near(expected[$"main.grad.{parameter.Name}"], gradient, Golden.Float32Gradients);
        }
    }

    [Theory]
    [InlineData("main", "f64", Precision.Float64, Golden.Float64)]
    [InlineData("mha", "f64", Precision.Float64, Golden.Float64)]
    [InlineData("main", "f32", Precision.Float32, Golden.Float32Rotation)]
    [InlineData("mha", "f32", Precision.Float32, Golden.Float32Rotation)]
    public void The_rotary_table_is_that_of_the_published_code(
        string name,
        string mode,
        Precision precision,
        double tolerance
    )
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, new RunConfig { Precision = precision });
        var expected = Golden.Tensors("decoder", name, $"outputs_{mode}.safetensors");
        var (cosines, sines) = ((PicoDecoder)model).Rotary.Parts;

        Golden.Near(expected["rope.cos"], cosines, tolerance);
        Golden.Near(expected["rope.sin"], sines, tolerance);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("mha")]
    public void Every_intermediate_is_that_of_the_published_code(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Golden.Decoder(name, InFloat64);
        var ids = Golden.Tensors("decoder", name, "batches.safetensors")["main.input_ids"].narrow(0, 0, 1);
        var found = Intermediates((PicoDecoder)model, ids);
        var expected = Golden.Tensors("decoder", name, "intermediates_f64.safetensors");

        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        foreach (var (key, value) in found)
            Golden.Near(expected[key], value, Golden.Float64);
    }

    [Fact]
    public void Names_shapes_and_count_of_the_weights_are_the_published_ones()
    {
        foreach (var name in new[] { "main", "mha" })
        {
            using var model = Golden.Decoder(name, InFloat64);
            var results = Golden.Json("decoder", name, "results.json");

            Golden.Same(results["parameter_count"]!, model.Parameters.ElementCount);
            foreach (var (recorded, parameter) in results["parameters"]!.AsArray().Zip(model.Parameters))
            {
                Assert.Equal((string)recorded!["name"]!, parameter.Name);
                foreach (var (size, found) in recorded["shape"]!.AsArray().Zip(parameter.Value.shape))
                    Golden.Same(size!, found);
            }
            Assert.Equal(
                results["hf_names"]!.AsArray().Select(published => (string)published!),
                model.Parameters.Select(parameter => $"pico_decoder.{parameter.Name}")
            );
        }
    }

    private static Dictionary<string, Tensor> Intermediates(PicoDecoder model, Tensor ids)
    {
        var x = model.Begin(ids);
        var found = new Dictionary<string, Tensor> { ["embedding_proj"] = x };
        var first = model.Blocks[0];
        var norm = found["layers.0.attention_norm"] = first.AttentionNorm.Forward(x);
        var (query, key, _) = first.Attention.Project(norm, training: false, start: 0);
        (found["layers.0.attention.rope.q"], found["layers.0.attention.rope.k"]) = (query, key);
        var attended = found["layers.0.attention"] = first.Attention.Forward(norm, training: false);
        var between = x.add(attended, ReLoRA.Core.Native.LivingScalar.Of(1));
        var second = found["layers.0.swiglu_norm"] = first.SwiGLUNorm.Forward(between);
        found["layers.0.swiglu"] = first.SwiGLU.Forward(second, training: false);
        for (var layer = 0; layer < model.Blocks.Count; layer++)
            found[$"layers.{layer}"] = x = model.Blocks[layer].Forward(x, training: false);
        found["output_norm"] = model.Hidden(ids, training: false);
        return found;
    }
}
