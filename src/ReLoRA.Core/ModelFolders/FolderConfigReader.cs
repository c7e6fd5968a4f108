using System.Text.Json;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.ModelFolders;

/// <summary>Reads the published <c>config.json</c>, and reports every fault of it at once. Keys of no meaning here are passed over.</summary>
internal static class FolderConfigReader
{
    private const string FullRank = "pico_decoder";
    private const string Adapted = "pico_relora_decoder";

    /// <exception cref="UserFaultException">The file is missing, no JSON, of another architecture, or faulty.</exception>
    public static FolderConfig Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new UserFaultException($"{path} is no JSON object. Give the config.json of a Pico decoder.");
            return Read(json.RootElement, path);
        }
        // A name or a text with half a surrogate pair in it is parsed, and refused when it is looked at.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UserFaultException($"{path} is not JSON: {e.Message} Give the config.json of a Pico decoder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException(
                $"{path} cannot be read: {e.Message} A model folder holds config.json and model.safetensors.",
                e
            );
        }
    }

    private static FolderConfig Read(JsonElement json, string path)
    {
        var faults = new List<string>();
        var fields = new ConfigFields(json, "", faults);
        var architecture = Architecture(fields, path);
        var model = Model(fields);
        var lowRank = fields.Find("relora") is { } relora ? LowRank(fields, relora, faults) : new LowRankConfig();
        if (architecture == Adapted && lowRank.Method == LowRankMethod.FullRank)
            fields.Missing("relora", "an object with r, lora_alpha and target_modules");
        if (faults.Count == 0)
            faults.AddRange(Rules(model));
        var config = new FolderConfig(
            model,
            lowRank,
            fields.Flag("tied_embeddings") || fields.Flag("tie_word_embeddings"),
            fields.Token("bos_token_id"),
            fields.Token("eos_token_id")
        );
        return faults.Count == 0 ? config : throw FolderFaults.Of(path, faults);
    }

    /// <summary>Told before all else: the fields of another architecture would only be noise.</summary>
    private static string Architecture(ConfigFields fields, string path)
    {
        if (fields.Find("model_type") is not { } value)
            return FullRank;
        var found = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (found is not (FullRank or Adapted))
            throw new UserFaultException(
                $"{path}: model_type is {found}; allowed: {FullRank} and {Adapted}. Other architectures cannot be loaded."
            );
        return found;
    }

    private static ModelConfig Model(ConfigFields fields)
    {
        return new ModelConfig
        {
            VocabularySize = Whole("vocab_size", nameof(ModelConfig.VocabularySize)),
            Width = Whole("d_model", nameof(ModelConfig.Width)),
            Layers = Whole("n_layers", nameof(ModelConfig.Layers)),
            Heads = Whole("attention_n_heads", nameof(ModelConfig.Heads)),
            KeyValueHeads = Whole("attention_n_kv_heads", nameof(ModelConfig.KeyValueHeads)),
            HiddenWidth = Whole("activation_hidden_dim", nameof(ModelConfig.HiddenWidth)),
            MaxSequenceLength = Whole("max_seq_len", nameof(ModelConfig.MaxSequenceLength)),
            NormEpsilon = fields.Number("norm_eps", typeof(ModelConfig), nameof(ModelConfig.NormEpsilon)),
            RopeTheta = fields.Number("position_emb_theta", typeof(ModelConfig), nameof(ModelConfig.RopeTheta)),
        };

        int Whole(string key, string knob) => fields.Whole(key, typeof(ModelConfig), knob);
    }

    /// <summary>Keys that are missing take the published defaults.</summary>
    private static LowRankConfig LowRank(ConfigFields outer, JsonElement json, List<string> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            outer.Wrong("relora", json, "an object");
            return new LowRankConfig();
        }
        var fields = new ConfigFields(json, "relora.", faults);
        foreach (var key in new[] { "lora_only", "trainable_scaling" })
        {
            if (fields.Flag(key))
                fields.Wrong(key, fields.Find(key)!.Value, "false; adapters of that kind cannot be loaded");
        }
        return new LowRankConfig
        {
            Method = LowRankMethod.ReLoRA,
            Rank = fields.Whole("r", typeof(LowRankConfig), nameof(LowRankConfig.Rank), 128),
            Alpha = fields.Number("lora_alpha", typeof(LowRankConfig), nameof(LowRankConfig.Alpha), 32),
            Targets = Targets(fields),
            ResetEvery = fields.Whole("reset_frequency", typeof(LowRankConfig), nameof(LowRankConfig.ResetEvery), 2000),
            Semantics = new ResetSemantics
            {
                FirstCycle = AdapterStart.Dead,
                Dropout = fields.Number("lora_dropout", typeof(ResetSemantics), nameof(ResetSemantics.Dropout), 0.1),
            },
        };
    }

    private static EquatableList<string> Targets(ConfigFields fields)
    {
        const string allowed = "a list of parts of linears' names, for example [\"attention\", \"swiglu\"]";
        if (fields.Find("target_modules") is not { } value)
        {
            fields.Missing("target_modules", allowed);
            return [];
        }
        if (value.ValueKind == JsonValueKind.String)
            return [value.GetString()!];
        if (
            value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() > 0
            && value.EnumerateArray().All(target => target is { ValueKind: JsonValueKind.String })
        )
            return [.. value.EnumerateArray().Select(target => target.GetString()!)];
        fields.Wrong("target_modules", value, allowed);
        return [];
    }

    private static IEnumerable<string> Rules(ModelConfig model)
    {
        if (model.Width % model.Heads != 0 || model.HeadWidth % 2 != 0)
            yield return $"attention_n_heads is {model.Heads}; allowed: a divisor of d_model ({model.Width}) that leaves heads of even width.";
        if (model.Heads % model.KeyValueHeads != 0)
            yield return $"attention_n_kv_heads is {model.KeyValueHeads}; allowed: a divisor of attention_n_heads ({model.Heads}).";
    }
}
