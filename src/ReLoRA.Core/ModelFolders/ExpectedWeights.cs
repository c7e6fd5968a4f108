using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.ModelFolders;

/// <summary>Names and shapes of the weights that a configuration asks for, known before any memory is taken for them.</summary>
internal static class ExpectedWeights
{
    public const string Embedding = "embedding_proj.weight";
    public const string Head = "de_embedding_proj.weight";

    /// <summary>In the published order.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Of(ModelConfig model, LowRankConfig lowRank)
    {
        yield return (Embedding, [model.VocabularySize, model.Width]);
        for (var layer = 0; layer < model.Layers; layer++)
        {
            foreach (var (linear, outputs, inputs) in Linears(model))
            {
                var name = $"layers.{layer}.{linear}";
                yield return ($"{name}.weight", [outputs, inputs]);
                if (RankRule.Largest(lowRank, name) is not (> 0 and var rank))
                    continue;
                yield return ($"{name}.A_lora.weight", [rank, inputs]);
                yield return ($"{name}.B_lora.weight", [outputs, rank]);
            }
            yield return ($"layers.{layer}.attention_norm.weight", [model.Width]);
            yield return ($"layers.{layer}.swiglu_norm.weight", [model.Width]);
        }
        yield return ("output_norm.weight", [model.Width]);
        yield return (Head, [model.VocabularySize, model.Width]);
    }

    private static (string Name, long Outputs, long Inputs)[] Linears(ModelConfig model)
    {
        long keys = model.KeyValueHeads * model.HeadWidth;
        return
        [
            ("attention.q_proj", model.Width, model.Width),
            ("attention.k_proj", keys, model.Width),
            ("attention.v_proj", keys, model.Width),
            ("attention.o_proj", model.Width, model.Width),
            ("swiglu.w_0", model.HiddenWidth, model.Width),
            ("swiglu.w_1", model.HiddenWidth, model.Width),
            ("swiglu.w_2", model.Width, model.HiddenWidth),
        ];
    }
}
