using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;

namespace ReLoRA.Core.Models.Pico;

/// <summary>The published folders of Pico decoders.</summary>
internal sealed class PicoFolder : FolderFormat
{
    private const string Prefix = "pico_decoder.";

    public override string ModelType => "pico_decoder";

    public override string AdaptedModelType => "pico_relora_decoder";

    public override string Embedding => "embedding_proj.weight";

    public override string Head => "de_embedding_proj.weight";

    public override IReadOnlyList<FolderField> Fields { get; } =
    [
        new("d_model", nameof(ModelConfig.Width)),
        new("n_layers", nameof(ModelConfig.Layers)),
        new("vocab_size", nameof(ModelConfig.VocabularySize)),
        new("max_seq_len", nameof(ModelConfig.MaxSequenceLength)),
        new("attention_n_heads", nameof(ModelConfig.Heads)),
        new("attention_n_kv_heads", nameof(ModelConfig.KeyValueHeads)),
        new("activation_hidden_dim", nameof(ModelConfig.HiddenWidth)),
        new("norm_eps", nameof(ModelConfig.NormEpsilon)),
        new("position_emb_theta", nameof(ModelConfig.RopeTheta)),
    ];

    public override string FileName(string name) => Prefix + name;

    protected override IReadOnlyList<string> Prefixes { get; } = [Prefix, "model."];
}
