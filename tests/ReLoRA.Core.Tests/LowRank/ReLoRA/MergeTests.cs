using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

public sealed class MergeTests
{
    private static readonly RunConfig Config = new()
    {
        Precision = Precision.Float64,
        LowRank = new LowRankConfig
        {
            Method = LowRankMethod.ReLoRA,
            Rank = 4,
            Alpha = 8,
        },
    };

    [Fact]
    public void Logits_and_gradients_with_adapters_are_those_of_the_published_code()
    {
        using var scope = NewDisposeScope();
        using var model = Adapted();
        var batch = Golden.Tensors("relora", "batch.safetensors");
        var expected = Golden.Tensors("relora", "keep", "outputs_f64.safetensors");

        var logits = model.Forward(batch["input_ids"], training: true);
        Golden.Loss(model, batch["input_ids"], batch["labels"]).backward();

        Assert.True(Golden.LargestDifference(expected["logits_ab"], logits) < Golden.Float64);
        foreach (var parameter in model.Parameters.Trainable.Where(p => expected.ContainsKey($"grad.{p.Name}")))
        {
            using var gradient = parameter.Value.grad!;
            Assert.True(
                Golden.LargestDifference(expected[$"grad.{parameter.Name}"], gradient) < Golden.Float64,
                parameter.Name
            );
        }
    }

    [Theory]
    [InlineData(MergeRule.Scaled, "functional_scaled")]
    [InlineData(MergeRule.Unscaled, "published")]
    public void Merged_weights_and_logits_are_those_of_the_published_code(MergeRule rule, string name)
    {
        using var scope = NewDisposeScope();
        using var model = Adapted();
        var batch = Golden.Tensors("relora", "batch.safetensors");
        var weights = Golden.Tensors("relora", "keep", $"weights_after_{name}_f64.safetensors");
        var outputs = Golden.Tensors("relora", "keep", "outputs_f64.safetensors");
        var linears = model.Linears.OfType<ReLoRALinear>().ToList();

        foreach (var linear in linears)
        {
            new Merge(rule).Apply(linear);
            AdapterDraw.Restart(linear, seed: 1, resetNumber: 1);
        }

        foreach (var linear in linears.Where(linear => weights.ContainsKey($"{linear.Name}.weight")))
            Assert.True(Golden.LargestDifference(weights[$"{linear.Name}.weight"], linear.Weight) < Golden.Merged);
        var logits = model.Forward(batch["input_ids"], training: false);
        Assert.True(Golden.LargestDifference(outputs[$"logits_after_{name}"], logits) < Golden.Float64);
    }

    private static Decoder Adapted()
    {
        var model = Golden.Decoder("main", Config);
        Golden.Load(model, Golden.Tensors("relora", "keep", "ab_f32.safetensors"));
        return model;
    }
}
