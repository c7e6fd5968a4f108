using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

/// <summary>Every variant of the published adapters in every precision that it was recorded in.</summary>
public sealed class GoldenAdapterTests
{
    public static TheoryData<string, string> Variants { get; } = [];

    public static TheoryData<string, string, MergeRule> Merges { get; } = [];

    static GoldenAdapterTests()
    {
        foreach (var mode in GoldenMode.Names)
        {
            foreach (var variant in new[] { "keep", "trainable", "zero", "lora_only" })
            {
                Variants.Add(variant, mode);
                if (variant == "lora_only")
                    continue;
                Merges.Add(variant, mode, MergeRule.Scaled);
                Merges.Add(variant, mode, MergeRule.Unscaled);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_new_model_computes_what_the_published_one_does_and_no_gradient_reaches_its_adapters(
        string variant,
        string mode
    )
    {
        using var scope = NewDisposeScope();
        var golden = GoldenMode.Of(mode);
        using var model = PublishedVariant.AsConstructed(variant, golden.Precision);
        var batch = Golden.Tensors("relora", "batch.safetensors");
        var recorded = PublishedVariant.Recorded(variant)["modes"]![mode]!;

        var loss = Golden.Loss(model, batch["input_ids"], batch["labels"]);
        loss.backward();

        Golden.Near(recorded["loss_init"]!, loss.to(float64).item<double>(), golden.Values);
        foreach (var letter in new[] { "A", "B" })
            Golden.Near(recorded["grad_l2_at_init"]![letter]!, GradientNorm(model, $"{letter}_lora"), golden.Gradients);
        if (Outputs(variant, mode) is { } outputs && outputs.TryGetValue("logits_init", out var logits))
            Golden.Near(logits, model.Forward(batch["input_ids"], training: false), golden.Values);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Logits_losses_and_gradients_with_adapters_are_those_of_the_published_code(string variant, string mode)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenMode.Of(mode);
        using var model = PublishedVariant.Adapted(variant, golden.Precision);
        var batch = Golden.Tensors("relora", "batch.safetensors");
        var recorded = PublishedVariant.Recorded(variant)["modes"]![mode]!;

        var loss = Golden.Loss(model, batch["input_ids"], batch["labels"], training: true);
        loss.backward();

        Golden.Near(recorded["loss_ab"]!, loss.to(float64).item<double>(), golden.Values);
        foreach (var (name, norm) in recorded["grad_l2"]!.AsObject())
            Golden.Near(norm!, Norm(model, name), golden.Gradients);
        if (Outputs(variant, mode) is not { } outputs)
            return;
        foreach (var (name, gradient) in outputs.Where(o => o.Key.StartsWith("grad.", StringComparison.Ordinal)))
        {
            using var found = model.Parameters[name["grad.".Length..]].Value.grad!;
            Golden.Near(gradient, found, golden.Gradients);
        }
        if (outputs.TryGetValue("logits_ab", out var logits))
            Golden.Near(logits, model.Forward(batch["input_ids"], training: true), golden.Values);
    }

    [Theory]
    [MemberData(nameof(Merges))]
    public void A_merge_does_to_weights_and_function_what_the_published_code_does(
        string variant,
        string mode,
        MergeRule rule
    )
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var name = rule == MergeRule.Scaled ? "functional_scaled" : "published";
        var golden = GoldenMode.Of(mode);
        using var model = PublishedVariant.Adapted(variant, golden.Precision);
        var batch = Golden.Tensors("relora", "batch.safetensors");
        var recorded = PublishedVariant.Recorded(variant)["modes"]![mode]![name]!;
        var before = model.Forward(batch["input_ids"], training: false).to(float64);
        var linears = model.Linears.OfType<ReLoRALinear>().ToList();
        var weights = linears.Select(linear => linear.Weight.clone()).ToList();

        foreach (var linear in linears)
        {
            new Merge(rule).Apply(linear);
            AdapterDraw.Restart(linear, seed: 1, resetNumber: 1);
        }

        var after = model.Forward(batch["input_ids"], training: false);
        var jump = (after.to(float64) - before).abs();
        var loss = Golden.Loss(model, batch["input_ids"], batch["labels"]).to(float64).item<double>();
        var moved = linears.Zip(weights, (linear, old) => Golden.LargestDifference(old, linear.Weight)).Max();
        Golden.Near(recorded["loss_after"]!, loss, golden.Values);
        foreach (var scale in recorded["s_after"]?.AsArray() ?? [])
            Golden.Same(scale!, linears[0].TanhScale!.to(float64).item<double>());
        Golden.Near(recorded["max_abs_logit_diff_vs_logits_ab"]!, jump.max().item<double>(), golden.Values);
        Golden.Near(recorded["mean_abs_logit_diff"]!, jump.mean().item<double>(), golden.Values);
        Golden.Near(recorded["max_abs_weight_change"]!, moved, golden.Merged);
        if (Outputs(variant, mode) is { } outputs && outputs.TryGetValue($"logits_after_{name}", out var logits))
            Golden.Near(logits, after, golden.Values);
        if (!Golden.Has("relora", variant, $"weights_after_{name}_{mode}.safetensors"))
            return;
        var merged = Golden.Tensors("relora", variant, $"weights_after_{name}_{mode}.safetensors");
        foreach (var (weight, expected) in merged)
            Golden.Near(expected, model.Parameters[weight].Value, golden.Merged);
    }

    private static IReadOnlyDictionary<string, Tensor>? Outputs(string variant, string mode) =>
        Golden.Has("relora", variant, $"outputs_{mode}.safetensors")
            ? Golden.Tensors("relora", variant, $"outputs_{mode}.safetensors")
            : null;

    private static double GradientNorm(Decoder model, string part) =>
        Math.Sqrt(
            model
                .Parameters.Where(parameter => parameter.Name.Contains(part, StringComparison.Ordinal))
                .Sum(parameter => Math.Pow(Norm(model, parameter.Name), 2))
        );

    private static double Norm(Decoder model, string name)
    {
        using var gradient = model.Parameters[name].Value.grad;
        return gradient?.to(float64).norm().item<double>() ?? 0;
    }
}
