using System.Text.Json.Nodes;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

/// <summary>One variant of the published adapters, and what was recorded of it: keep, zero, trainable or lora_only.</summary>
internal static class PublishedVariant
{
    public static JsonNode Recorded(string variant) => Golden.Json("relora", "variants.json")["variants"]![variant]!;

    /// <summary>The model as it is constructed, around the recorded decoder.</summary>
    public static Decoder AsConstructed(string variant, Precision precision = Precision.Float64)
    {
        var model = Golden.Decoder("main", Config(variant, precision));
        using var frozen = no_grad();
        // The recorded decoder's weights were loaded over the zeros that such a model begins with.
        foreach (var linear in model.Linears.OfType<ReLoRALinear>())
        {
            if (variant is "zero" or "lora_only")
                linear.Weight.zero_();
        }
        return model;
    }

    /// <summary>The same with the recorded A, B and s in it.</summary>
    public static Decoder Adapted(string variant, Precision precision)
    {
        var model = AsConstructed(variant, precision);
        Golden.Load(model, Golden.Tensors("relora", variant, "ab_f32.safetensors"));
        return model;
    }

    private static RunConfig Config(string variant, Precision precision) =>
        new()
        {
            Precision = precision,
            LowRank = new LowRankConfig
            {
                Method = variant == "lora_only" ? LowRankMethod.LoRA : LowRankMethod.ReLoRA,
                Rank = 4,
                Alpha = 8,
                Scaling = variant == "trainable" ? AdapterScaling.TrainableTanh : AdapterScaling.Fixed,
                KeepWeights = variant is "keep" or "trainable",
                Semantics = ResetSemantics.Exact with
                {
                    // With the weights kept the published A begins at zero too.
                    FirstCycle = variant is "keep" or "trainable" ? AdapterStart.Dead : AdapterStart.Kaiming,
                },
            },
        };
}
