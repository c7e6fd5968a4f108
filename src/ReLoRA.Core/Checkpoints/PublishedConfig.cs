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
        if (config.LowRank.Method.HasAdapters())
            json["relora"] = LowRank(config.LowRank with { Targets = architecture.Targets(config.LowRank) });
        return json.ToJsonString(CheckpointJson.Options);
    }

    private static JsonObject LowRank(LowRankConfig lowRank) =>
        new()
        {
            ["target_modules"] = new JsonArray([.. lowRank.Targets.Select(target => JsonValue.Create(target))]),
            ["reset_frequency"] = lowRank.ResetEvery,
            ["r"] = lowRank.Rank,
            ["lora_alpha"] = lowRank.Alpha,
            ["lora_dropout"] = lowRank.Semantics.Dropout,
            ["keep_original_weights"] = true,
            ["lora_only"] = false,
            ["trainable_scaling"] = false,
        };
}
