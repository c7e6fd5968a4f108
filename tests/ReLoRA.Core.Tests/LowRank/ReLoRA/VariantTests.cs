using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

/// <summary>The variants of the published adapters: a trained scale, weights that begin at zero, no weights at all.</summary>
public sealed class VariantTests
{
    [Theory]
    [InlineData("keep")]
    [InlineData("trainable")]
    [InlineData("zero")]
    [InlineData("lora_only")]
    public void Names_shapes_and_what_trains_are_the_published_ones(string variant)
    {
        using var model = Golden.Decoder("main", Config(variant));
        var expected = Golden.Json("relora", "variants.json")["variants"]![variant]!["parameters"]!.AsArray();
        Assert.Equal(
            expected.Select(entry =>
                $"{entry!["name"]} [{string.Join(',', entry["shape"]!.AsArray())}] {entry["requires_grad"]}"
            ),
            model.Parameters.Select(parameter =>
                $"{parameter.Name} [{string.Join(',', parameter.Value.shape)}] {(parameter.IsTrainable ? "true" : "false")}"
            )
        );
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("trainable")]
    [InlineData("zero")]
    [InlineData("lora_only")]
    public void Logits_and_gradients_are_those_of_the_published_code(string variant)
    {
        using var scope = NewDisposeScope();
        using var model = Adapted(variant);
        var batch = Golden.Tensors("relora", "batch.safetensors");
        var expected = Golden.Tensors("relora", variant, "outputs_f64.safetensors");
        var deviations = new Deviations();

        var logits = model.Forward(batch["input_ids"], training: true);
        Golden.Loss(model, batch["input_ids"], batch["labels"]).backward();

        deviations.Add("logits", Golden.LargestDifference(expected["logits_ab"], logits));
        var gradients = expected.Where(entry => entry.Key.StartsWith("grad.", StringComparison.Ordinal)).ToList();
        Assert.True(gradients.Count > 40);
        foreach (var (name, gradient) in gradients)
        {
            using var found = model.Parameters[name["grad.".Length..]].Value.grad!;
            deviations.Add("gradients", Golden.LargestDifference(gradient, found));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{variant}: {deviations}");
        Assert.True(deviations["logits"] < Golden.Float64, $"{deviations}");
        Assert.True(deviations["gradients"] < Golden.Float64, $"{deviations}");
    }

    [Theory]
    [InlineData("trainable", MergeRule.Scaled, "functional_scaled")]
    [InlineData("trainable", MergeRule.Unscaled, "published")]
    [InlineData("zero", MergeRule.Scaled, "functional_scaled")]
    [InlineData("zero", MergeRule.Unscaled, "published")]
    public void Merged_weights_are_those_of_the_published_code(string variant, MergeRule rule, string name)
    {
        using var scope = NewDisposeScope();
        using var model = Adapted(variant);
        var weights = Golden.Tensors("relora", variant, $"weights_after_{name}_f64.safetensors");
        var outputs = Golden.Tensors("relora", variant, "outputs_f64.safetensors");
        var deviations = new Deviations();

        foreach (var linear in model.Linears.OfType<ReLoRALinear>())
        {
            new Merge(rule).Apply(linear);
            AdapterDraw.Restart(linear, seed: 1, resetNumber: 1);
            if (weights.TryGetValue($"{linear.Name}.weight", out var expected))
                deviations.Add("weights", Golden.LargestDifference(expected, linear.Weight));
        }

        Assert.True(deviations["weights"] < Golden.Merged, $"{deviations}");
        if (!outputs.TryGetValue($"logits_after_{name}", out var logits))
            return;
        var found = model.Forward(Golden.Tensors("relora", "batch.safetensors")["input_ids"], training: false);
        deviations.Add("logits", Golden.LargestDifference(logits, found));
        TestContext.Current.TestOutputHelper?.WriteLine($"{variant} {name}: {deviations}");
        Assert.True(deviations["logits"] < Golden.Float64, $"{deviations}");
    }

    [Fact]
    public void A_linear_and_its_merge_are_those_of_Lialin_et_als_code()
    {
        using var scope = NewDisposeScope();
        var stored = Golden.Tensors("relora", "guitaricet", "outputs_f64.safetensors");
        Tensor Stored(string name) => stored[$"linear_nobias.{name}"];
        using var parameters = new ParameterSet();
        var lowRank = new LowRankConfig
        {
            Method = LowRankMethod.ReLoRA,
            Rank = 3,
            Alpha = 7,
            Targets = ["linear"],
        };
        var linear = new ReLoRALinear("linear", Stored("W").clone(), lowRank, parameters);
        Golden.Copy(Stored("A"), linear.A);
        Golden.Copy(Stored("B"), linear.B);
        var x = Stored("x").clone().requires_grad_(true);

        var y = linear.Forward(x, training: true);
        y.backward([Stored("grad_out")]);
        new Merge(MergeRule.Scaled).Apply(linear);

        Assert.True(Golden.LargestDifference(Stored("y"), y) < Golden.Float64);
        Assert.True(Golden.LargestDifference(Stored("grad_x"), x.grad!) < Golden.Float64);
        Assert.True(Golden.LargestDifference(Stored("grad_A"), linear.A.grad!) < Golden.Float64);
        Assert.True(Golden.LargestDifference(Stored("grad_B"), linear.B.grad!) < Golden.Float64);
        Assert.True(Golden.LargestDifference(Stored("W_after_merge"), linear.Weight) < Golden.Merged);
    }

    private static Decoder Adapted(string variant)
    {
        var model = Golden.Decoder("main", Config(variant));
        using var frozen = no_grad();
        // The recorded decoder's weights were loaded over the zeros that such a model begins with.
        foreach (var linear in model.Linears.OfType<ReLoRALinear>())
        {
            if (variant is "zero" or "lora_only")
                linear.Weight.zero_();
        }
        Golden.Load(model, Golden.Tensors("relora", variant, "ab_f32.safetensors"));
        return model;
    }

    private static RunConfig Config(string variant) =>
        new()
        {
            Precision = Precision.Float64,
            LowRank = new LowRankConfig
            {
                Method = variant == "lora_only" ? LowRankMethod.LoRA : LowRankMethod.ReLoRA,
                Rank = 4,
                Alpha = 8,
                Scaling = variant == "trainable" ? AdapterScaling.TrainableTanh : AdapterScaling.Fixed,
                KeepWeights = variant is "keep" or "trainable",
            },
        };
}
