using System.Text.Json.Nodes;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Checkpoints;

/// <summary>A model's shape as the published <c>config.json</c> names it.</summary>
internal static class PublishedConfig
{
    public static string Write(RunConfig config)
    {
        var model = config.Model;
        var json = new JsonObject
        {
            ["model_type"] = config.LowRank.Method == LowRankMethod.FullRank ? "pico_decoder" : "pico_relora_decoder",
            ["d_model"] = model.Width,
            ["n_layers"] = model.Layers,
            ["vocab_size"] = model.VocabularySize,
            ["max_seq_len"] = model.MaxSequenceLength,
            ["attention_n_heads"] = model.Heads,
            ["attention_n_kv_heads"] = model.KeyValueHeads,
            ["activation_hidden_dim"] = model.HiddenWidth,
            ["norm_eps"] = model.NormEpsilon,
            ["position_emb_theta"] = model.RopeTheta,
        };
        if (config.LowRank.Method.HasAdapters())
            json["relora"] = LowRank(config.LowRank, model);
        return json.ToJsonString(CheckpointJson.Options);
    }

    private static JsonObject LowRank(LowRankConfig lowRank, ModelConfig model)
    {
        var json = new JsonObject
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
        var own = LayerPattern
            .Names(model)
            .Select(name => (Name: name, Rank: RankRule.Largest(lowRank, name)))
            .Where(linear =>
                linear.Rank
                != (lowRank.Targets.Any(target => LayerPattern.Covers(target, linear.Name)) ? lowRank.Rank : 0)
            )
            .ToList();
        // Readers that know no such key can load a folder only where each rank is r.
        if (own.Count > 0)
            json["rank_pattern"] = new JsonObject(
                own.Select(linear => KeyValuePair.Create(linear.Name, (JsonNode?)linear.Rank))
            );
        return json;
    }
}
