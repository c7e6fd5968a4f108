using System.Text.Json.Nodes;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;

namespace ReLoRA.Core.Models.NeoX;

/// <summary>Hugging Face's folders of GPT-NeoX models.</summary>
internal sealed class NeoXFolder : FolderFormat
{
    private const string Prefix = "gpt_neox.";

    private static readonly string[] Tables = [".attention.bias", ".attention.masked_bias", ".rotary_emb.inv_freq"];

    public override string ModelType => "gpt_neox";

    public override string AdaptedModelType => "gpt_neox_relora";

    public override string ClassName => "GPTNeoXForCausalLM";

    public override string Embedding => "embed_in.weight";

    public override string Head => "embed_out.weight";

    public override IReadOnlyList<FolderField> Fields { get; } =
    [
        new("hidden_size", nameof(ModelConfig.Width)),
        new("num_hidden_layers", nameof(ModelConfig.Layers)),
        new("vocab_size", nameof(ModelConfig.VocabularySize)),
        new("max_position_embeddings", nameof(ModelConfig.MaxSequenceLength)),
        new("num_attention_heads", nameof(ModelConfig.Heads)),
        new("intermediate_size", nameof(ModelConfig.HiddenWidth)),
        new("layer_norm_eps", nameof(ModelConfig.NormEpsilon), 1e-5),
        new("rotary_emb_base", nameof(ModelConfig.RopeTheta), 10_000.0),
        new("rotary_pct", nameof(ModelConfig.RotaryFraction), 0.25),
        new("use_parallel_residual", nameof(ModelConfig.ParallelResidual), true),
    ];

    public override IReadOnlyList<(string Key, JsonNode Value)> Fixed { get; } =
    [("hidden_act", JsonValue.Create("gelu")), ("attention_bias", JsonValue.Create(true))];

    public override IReadOnlyList<(string Key, string Allowed)> Refused { get; } =
    [
        ("rope_scaling", "no such key; scaled positions cannot be loaded"),
        ("rope_parameters", "rotary_emb_base and rotary_pct in its place"),
    ];

    protected override IReadOnlyList<string> Prefixes { get; } = [Prefix];

    public override string FileName(string name) => name == Head ? name : Prefix + name;

    public override bool IsTable(string name) => Tables.Any(table => name.EndsWith(table, StringComparison.Ordinal));
}
