using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Models;

public sealed class DecoderTests
{
    private static readonly RunConfig InFloat64 = new() { Precision = Precision.Float64 };

    [Theory]
    [InlineData("main", "main")]
    [InlineData("main", "maxlen")]
    [InlineData("main", "seq1")]
    [InlineData("mha", "main")]
    [InlineData("mha", "maxlen")]
    [InlineData("mha", "seq1")]
    public void Logits_in_64_bits_are_those_of_the_published_code(string name, string batch)
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, InFloat64);
        var inputs = Golden.Tensors("decoder", name, "batches.safetensors")[$"{batch}.input_ids"];
        var expected = Golden.Tensors("decoder", name, "outputs_f64.safetensors")[$"{batch}.logits"];

        Golden.Near(expected, model.Forward(inputs, training: true), Golden.Float64);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("mha")]
    public void Logits_in_32_bits_are_within_rounding_of_the_published_code(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, new RunConfig());
        var inputs = Golden.Tensors("decoder", name, "batches.safetensors")["main.input_ids"];
        var expected = Golden.Tensors("decoder", name, "outputs_f32.safetensors")["main.logits"];

        Golden.Near(expected, model.Forward(inputs, training: false), Golden.Float32Logits);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("mha")]
    public void Every_gradient_is_that_of_the_published_code(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, InFloat64);
        var batch = Golden.Tensors("decoder", name, "batches.safetensors");
        var expected = Golden.Tensors("decoder", name, "outputs_f64.safetensors");

        Golden.Loss(model, batch["main.input_ids"], batch["main.labels"]).backward();

        foreach (var parameter in model.Parameters)
        {
            using var gradient = parameter.Value.grad!;
            Golden.Near(expected[$"main.grad.{parameter.Name}"], gradient, Golden.Float64, parameter.Name);
        }
    }

    [Theory]
    [InlineData("tiny", 11_282_784, 11_682_144, 10_060_128)]
    [InlineData("small", 64_595_328, 66_192_768, 40_240_512, Traits = ["Category", "Slow"])]
    public void The_presets_have_exactly_the_published_sizes(string size, long full, long lowRank, long trainable)
    {
        using var scope = NewDisposeScope();
        var preset = size == "tiny" ? Presets.PicoTiny : Presets.PicoSmall;
        using var decoder = ModelFactory.Create(preset, CPU);
        using var adapted = ModelFactory.Create(
            preset with
            {
                LowRank = preset.LowRank with { Method = LowRankMethod.ReLoRA },
            },
            CPU
        );

        Assert.Equal(full, decoder.Parameters.ElementCount);
        Assert.Equal(lowRank, adapted.Parameters.ElementCount);
        Assert.Equal(trainable, adapted.Parameters.TrainableElementCount);
        var published = Golden.Json("relora", "variants.json")["paper_model_sizes"]!;
        var linears = adapted.Linears.OfType<ReLoRALinear>().ToList();
        Golden.Same(published[$"pico-decoder-{size}"]!["total"]!, full);
        Golden.Same(published[$"pico-decoder-{size}"]!["trainable"]!, decoder.Parameters.TrainableElementCount);
        var relora = published[$"pico-relora-{size}"]!;
        Golden.Same(relora["total"]!, lowRank);
        Golden.Same(relora["trainable"]!, trainable);
        Golden.Same(relora["lora"]!, linears.Sum(linear => linear.AdapterCount));
        Golden.Same(relora["tensors"]!, adapted.Parameters.Count);
        Golden.Same(relora["relora_modules"]!, linears.Count);
        Golden.Same(relora["scale"]!, linears[0].Scale);
    }

    [Fact]
    public void A_sequence_longer_than_the_rotary_table_is_refused()
    {
        using var scope = NewDisposeScope();
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);
        var ids = zeros(1, SmallRuns.Config.Model.MaxSequenceLength + 1, dtype: int64);

        var fault = Assert.Throws<ArgumentException>(() => model.Forward(ids, training: false));

        Assert.Contains("longer than the model's", fault.Message, StringComparison.Ordinal);
    }
}
