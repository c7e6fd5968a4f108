using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
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
        using var model = PublishedVariant.AsConstructed(variant);
        var recorded = PublishedVariant.Recorded(variant);
        var expected = recorded["parameters"]!.AsArray();
        Assert.Equal(
            expected.Select(entry =>
                $"{entry!["name"]} [{string.Join(',', entry["shape"]!.AsArray())}] {entry["requires_grad"]}"
            ),
            model.Parameters.Select(parameter =>
                $"{parameter.Name} [{string.Join(',', parameter.Value.shape)}] {(parameter.IsTrainable ? "true" : "false")}"
            )
        );
        foreach (var (entry, parameter) in expected.Zip(model.Parameters))
        {
            foreach (var (size, found) in entry!["shape"]!.AsArray().Zip(parameter.Value.shape))
                Golden.Same(size!, found);
        }
        var counts = recorded["counts"]!;
        Golden.Same(counts["total"]!, model.Parameters.ElementCount);
        Golden.Same(counts["trainable"]!, model.Parameters.TrainableElementCount);
        var linears = model.Linears.OfType<ReLoRALinear>().ToList();
        Golden.Same(counts["lora"]!, linears.Sum(linear => linear.A.numel() + linear.B.numel()));
        Golden.Same(counts["tensors"]!, model.Parameters.Count);
        Golden.Same(counts["relora_modules"]!, linears.Count);
    }

    [Theory]
    [InlineData("linear_bias", "f64")]
    [InlineData("linear_nobias", "f64")]
    [InlineData("linear_bias", "f32")]
    [InlineData("linear_nobias", "f32")]
    public void A_linear_and_its_merge_are_those_of_Lialin_et_als_code(string name, string mode)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenMode.Of(mode);
        var stored = Golden.Tensors("relora", "guitaricet", $"outputs_{mode}.safetensors");
        Tensor Stored(string part) => stored[$"{name}.{part}"];
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

        // Linears here have no bias; theirs is added outside, where it changes no gradient of the rest.
        var biased = name == "linear_bias" ? y.Plus(Stored("bias")) : y;
        Golden.Near(Stored("y"), biased, golden.Values);
        Golden.Near(Stored("grad_x"), x.grad!, golden.Gradients);
        Golden.Near(Stored("grad_A"), linear.A.grad!, golden.Gradients);
        Golden.Near(Stored("grad_B"), linear.B.grad!, golden.Gradients);
        Golden.Near(Stored("W_after_merge"), linear.Weight, golden.Merged);
        var recorded = Golden.Json("relora", "guitaricet", "results.json")["modes"]![mode]![name]!;
        Golden.Near(recorded["scale"]!, linear.Scale, Golden.Merged);
    }

    [Theory]
    [InlineData("f64")]
    [InlineData("f32")]
    public void A_model_and_its_merge_are_those_of_Lialin_et_als_code(string mode)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var golden = GoldenMode.Of(mode);
        var batch = Golden.Tensors("relora", "batch.safetensors");
        var all = Golden.Json("relora", "guitaricet", "results.json");
        var results = all["modes"]![mode]!;
        foreach (var (variant, theirs) in new[] { ("keep", "plain"), ("trainable", "trainable") })
        {
            using var model = PublishedVariant.Adapted(variant, golden.Precision);
            var loss = Golden.Loss(model, batch["input_ids"], batch["labels"]).to(float64).item<double>();
            Golden.Near(results[theirs]!["loss_ab"]!, loss, golden.Values);
            Golden.Same(all[$"{theirs}_counts"]!["total"]!, model.Parameters.ElementCount);
            Golden.Same(all[$"{theirs}_counts"]!["trainable"]!, model.Parameters.TrainableElementCount);
            if (variant != "keep")
                continue;
            foreach (var linear in model.Linears.OfType<ReLoRALinear>())
            {
                new Merge(MergeRule.Scaled).Apply(linear);
                AdapterDraw.Restart(linear, seed: 1, resetNumber: 1);
            }
            var expected = Golden.Tensors("relora", "guitaricet", $"outputs_{mode}.safetensors");
            Golden.Near(
                expected["plain.logits_after_merge"],
                model.Forward(batch["input_ids"], training: false),
                golden.Values
            );
        }
    }
}
