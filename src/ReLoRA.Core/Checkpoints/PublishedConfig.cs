using System.Text.Json.Nodes;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.Checkpoints;

/// <summary>A model's shape as the published <c>config.json</c> names it.</summary>
internal static class PublishedConfig
{
    public static string Write(RunConfig config)
    {
        var architecture = Architectures.Of(config.Model);
        var format = architecture.Folder;
        var isPlain = config.LowRank.Method == LowRankMethod.FullRank;
        var json = new JsonObject { ["model_type"] = isPlain ? format.ModelType : format.AdaptedModelType };
        if (isPlain && format.ClassName is { } name)
            json["architectures"] = new JsonArray(JsonValue.Create(name));
        ShapeFields.Write(architecture, config.Model, json);
        if (!isPlain)
            json["relora"] = LowRank(
                config.LowRank with
                {
                    Targets = architecture.Targets(config.LowRank),
                },
                config.Model
            );
        return json.ToJsonString(CheckpointJson.Options);
    }

    private static JsonObject LowRank(LowRankConfig lowRank, ModelConfig model)
    {
        var json = new JsonObject
        {
            ["target_modules"] = new JsonArray([.. lowRank.Targets.Select(target => JsonValue.Create(target))]),
            ["reset_frequency"] = lowRank.ResetEvery,
            ["r"] = lowRank.Rank,
            // A product without a weight has no scale of its own, which published code gives it as alpha / r.
            ["lora_alpha"] = lowRank.Method == LowRankMethod.LowRank ? lowRank.Rank : lowRank.Alpha,
            ["lora_dropout"] = lowRank.Semantics.Dropout,
            ["keep_original_weights"] = lowRank.KeepWeights,
            ["lora_only"] = lowRank.Method == LowRankMethod.LowRank,
            ["trainable_scaling"] = lowRank.Scaling == AdapterScaling.TrainableTanh,
        };
        var own = LayerPattern
            .Names(model)
            .Select(name => (Name: name, Rank: RankRule.Largest(lowRank, name)))
            .Where(linear => linear.Rank != (RankRule.IsNamed(lowRank, linear.Name) ? lowRank.Rank : 0))
            .ToList();
        // Readers that know no such key can load a folder only where each rank is r.
        if (own.Count > 0)
            json["rank_pattern"] = new JsonObject(
                own.Select(linear => KeyValuePair.Create(linear.Name, (JsonNode?)linear.Rank))
            );
        return json;
    }
}
