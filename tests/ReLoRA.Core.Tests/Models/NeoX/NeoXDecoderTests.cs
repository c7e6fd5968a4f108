using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Models.NeoX;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Models.NeoX;

public sealed class NeoXDecoderTests(ITestOutputHelper output)
{
    public static TheoryData<string, string, Precision> Batches { get; } = [];

    /// <summary>Gradients of the longest sequence are not recorded.</summary>
    public static TheoryData<string, string, Precision> Gradients { get; } = [];

    static NeoXDecoderTests()
    {
        foreach (var name in new[] { NeoXFixture.Parallel, NeoXFixture.Sequential, NeoXFixture.Whole })
        {
            foreach (var batch in new[] { "main", "longest", "single" })
            {
                foreach (var precision in new[] { Precision.Float32, Precision.Float64 })
                {
                    Batches.Add(name, batch, precision);
                    if (batch != "longest")
                        Gradients.Add(name, batch, precision);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Logits_and_losses_are_those_of_an_independent_implementation(
        string name,
        string batch,
        Precision precision
    )
    {
        using var scope = NewDisposeScope();
        using var loaded = NeoXFixture.Load(name, precision);
        var expected = NeoXFixture.Outputs(name);
        var ids = expected[$"{batch}.ids"];
        var deviations = new Deviations();

        var logits = loaded.Decoder.Forward(ids, training: true);
        var loss = Golden.Loss(loaded.Decoder, ids, expected[$"{batch}.labels"]).reshape(1);

        deviations.Add("logits", NeoXFixture.Relative(expected[$"{batch}.logits"], logits));
        deviations.Add("loss", NeoXFixture.Relative(expected[$"{batch}.loss"], loss));
        output.WriteLine($"{name} {batch} {precision}: {deviations}");
        var tolerance = precision == Precision.Float64 ? Golden.Float64 : NeoXFixture.Float32;
        Assert.True(deviations["logits"] < tolerance && deviations["loss"] < tolerance, $"{deviations}");
    }

    [Theory]
    [MemberData(nameof(Gradients))]
    public void Every_gradient_is_that_of_an_independent_implementation(string name, string batch, Precision precision)
    {
        using var scope = NewDisposeScope();
        using var loaded = NeoXFixture.Load(name, precision);
        var expected = NeoXFixture.Outputs(name);
        var largest = new Deviations();
        Golden.Loss(loaded.Decoder, expected[$"{batch}.ids"], expected[$"{batch}.labels"]).backward();

        Assert.Equal(
            expected.Keys.Count(key => key.StartsWith($"{batch}.grad.", StringComparison.Ordinal)),
            loaded.Decoder.Parameters.Count
        );
        foreach (var parameter in loaded.Decoder.Parameters)
        {
            var file = parameter.Name == "embed_out.weight" ? parameter.Name : $"gpt_neox.{parameter.Name}";
            using var gradient = parameter.Value.grad!;
            var wanted = expected[$"{batch}.grad.{file}"];
            // Where nothing depends on a weight (queries and keys of a single position) the gradient itself is rounding.
            var size = Math.Max(1e-3, wanted.abs().max().item<double>());
            var deviation = Golden.LargestDifference(wanted, gradient) / size;
            largest.Add("gradient", deviation);
            var tolerance = precision == Precision.Float64 ? Golden.Float64 : NeoXFixture.Float32Gradients;
            Assert.True(deviation < tolerance, $"{parameter.Name}: {deviation:R}");
        }
        output.WriteLine($"{name} {batch} {precision}: {largest}");
    }

    [Theory]
    [InlineData(NeoXFixture.Parallel)]
    [InlineData(NeoXFixture.Sequential)]
    [InlineData(NeoXFixture.Whole)]
    public void The_residual_stream_after_every_block_is_that_of_an_independent_implementation(string name)
    {
        using var scope = NewDisposeScope();
        using var loaded = NeoXFixture.Load(name, Precision.Float64);
        var expected = NeoXFixture.Outputs(name);
        var ids = expected["longest.ids"];

        List<Tensor> stream = [loaded.Decoder.Begin(ids)];
        foreach (var block in loaded.Decoder.Blocks)
            stream.Add(block.Forward(stream[^1], training: false));
        stream.Add(loaded.Decoder.Hidden(ids, training: false));

        for (var at = 0; at < stream.Count; at++)
            Golden.Near(expected[$"stream.{at}"], stream[at].squeeze(0), Golden.Float64, $"{name} stream.{at}");
        Assert.DoesNotContain($"stream.{stream.Count}", expected.Keys);
    }

    [Fact]
    public void Names_and_order_of_weights_are_Hugging_Faces()
    {
        using var model = ModelFactory.Create(
            Presets.NanoNeoX with
            {
                Model = Presets.NanoNeoX.Model with { Layers = 1 },
            },
            CPU
        );
        Assert.Equal(
            """
            embed_in.weight [4096, 64]
            layers.0.input_layernorm.weight [64]
            layers.0.input_layernorm.bias [64]
            layers.0.post_attention_layernorm.weight [64]
            layers.0.post_attention_layernorm.bias [64]
            layers.0.attention.query_key_value.weight [192, 64]
            layers.0.attention.query_key_value.bias [192]
            layers.0.attention.dense.weight [64, 64]
            layers.0.attention.dense.bias [64]
            layers.0.mlp.dense_h_to_4h.weight [256, 64]
            layers.0.mlp.dense_h_to_4h.bias [256]
            layers.0.mlp.dense_4h_to_h.weight [64, 256]
            layers.0.mlp.dense_4h_to_h.bias [64]
            final_layer_norm.weight [64]
            final_layer_norm.bias [64]
            embed_out.weight [4096, 64]
            """.ReplaceLineEndings("\n"),
            string.Join('\n', model.Parameters.Select(one => $"{one.Name} [{string.Join(", ", one.Value.shape)}]"))
        );
    }

    [Fact]
    public void Weights_start_as_PyTorch_starts_them_and_by_the_seed()
    {
        using var scope = NewDisposeScope();
        using var model = ModelFactory.Create(Presets.NanoNeoX, CPU);
        using var again = ModelFactory.Create(Presets.NanoNeoX, CPU);

        foreach (var parameter in model.Parameters)
        {
            var values = parameter.Value.detach();
            Assert.Equal(0, Golden.LargestDifference(values, again.Parameters[parameter.Name].Value));
            var (least, most) = (values.min().item<float>(), values.max().item<float>());
            if (parameter.Name.Contains("norm", StringComparison.Ordinal))
            {
                var constant = parameter.Name.EndsWith("weight", StringComparison.Ordinal) ? 1f : 0f;
                Assert.Equal((constant, constant), (least, most));
            }
            else if (parameter.Name != "embed_in.weight")
            {
                var inputs = parameter.Name.Contains("4h_to_h", StringComparison.Ordinal) ? 256 : 64;
                var bound = 1 / Math.Sqrt(inputs);
                // 64 draws at least: the largest of them lies above half the bound but once in 2^64 seeds.
                Assert.InRange(most, bound / 2, bound);
                Assert.InRange(least, -bound, -bound / 2);
            }
        }
    }

    [Fact]
    public void Nothing_that_a_model_computes_or_holds_is_left_behind()
    {
        var before = LiveTensors.Count;
        using (var model = ModelFactory.Create(Presets.NanoNeoX, CPU))
        {
            using var scope = NewDisposeScope();
            Assert.IsType<NeoXDecoder>(model);
            var ids = ones(1, 4, dtype: int64);
            Golden.Loss(model, ids, ids).backward();
            using var cache = new KeyValueCache(model, batch: 1, capacity: 4);
            _ = model.Forward(ids, cache);
            foreach (var parameter in model.Parameters)
                parameter.Value.grad?.Dispose();
        }
        Assert.Equal(before, LiveTensors.Count);
    }
}
