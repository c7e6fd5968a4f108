using System.Text.Json;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.ModelFolders;

/// <summary>Reads the published <c>config.json</c>, and reports every fault of it at once. Keys of no meaning here are passed over.</summary>
internal static class FolderConfigReader
{
    /// <exception cref="UserFaultException">The file is missing, no JSON, of another architecture, or faulty.</exception>
    public static FolderConfig Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new UserFaultException($"{path} is no JSON object. Give the config.json of a model folder.");
            return Read(json.RootElement, path);
        }
        // A name or a text with half a surrogate pair in it is parsed, and refused when it is looked at.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UserFaultException($"{path} is not JSON: {e.Message} Give the config.json of a model folder.", e);
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
        var (architecture, isAdapted) = Architecture(fields, path);
        var model = ShapeFields.Read(architecture, fields);
        var lowRank = fields.Find("relora") is { } relora ? LowRank(fields, relora, faults) : new LowRankConfig();
        if (isAdapted && lowRank.Method == LowRankMethod.FullRank)
            fields.Missing("relora", "an object with r, lora_alpha and target_modules");
        if (faults.Count == 0)
            faults.AddRange(ShapeFields.Faults(architecture, model));
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
    private static (DecoderArchitecture Architecture, bool IsAdapted) Architecture(ConfigFields fields, string path)
    {
        if (fields.Find("model_type") is not { } value)
            return (Unnamed(fields), false);
        var found = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        foreach (var architecture in Architectures.All)
        {
            if (found == architecture.Folder.ModelType || found == architecture.Folder.AdaptedModelType)
                return (architecture, found == architecture.Folder.AdaptedModelType);
        }
        var allowed = Architectures.All.SelectMany(one => new[] { one.Folder.ModelType, one.Folder.AdaptedModelType });
        throw new UserFaultException(
            $"{path}: model_type is {found}; allowed: {string.Join(", ", allowed)}. Other architectures cannot be loaded."
        );
    }

    /// <summary>Without a <c>model_type</c>: the first architecture whose needed keys are all there, and else the default.</summary>
    private static DecoderArchitecture Unnamed(ConfigFields fields) =>
        Architectures.All.FirstOrDefault(one =>
            one.Folder.Fields.All(field => field.Otherwise is not null || fields.Find(field.Key) is not null)
        ) ?? Architectures.All[0];

    /// <summary>Keys that are missing take the published defaults.</summary>
    private static LowRankConfig LowRank(ConfigFields outer, JsonElement json, List<string> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            outer.Wrong("relora", json, "an object");
            return new LowRankConfig();
        }
        var fields = new ConfigFields(json, "relora.", faults);
        var rank = fields.Whole("r", typeof(LowRankConfig), nameof(LowRankConfig.Rank), 128);
        var alpha = fields.Number("lora_alpha", typeof(LowRankConfig), nameof(LowRankConfig.Alpha), 32);
        var isProduct = fields.Flag("lora_only");
        if (isProduct && alpha != rank)
            fields.Wrong(
                "lora_only",
                fields.Find("lora_only")!.Value,
                $"false where lora_alpha ({alpha}) is not r ({rank}): a product without a weight has no scale"
            );
        return new LowRankConfig
        {
            Method = isProduct ? LowRankMethod.LowRank : LowRankMethod.ReLoRA,
            Scaling = fields.Flag("trainable_scaling") ? AdapterScaling.TrainableTanh : AdapterScaling.Fixed,
            Rank = rank,
            Alpha = alpha,
            Targets = Targets(fields),
            Ranks = new RankConfig { ByLayer = Ranks(fields) },
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

    /// <summary>Linears whose rank is not <c>r</c>, by name.</summary>
    private static EquatableList<LayerRank> Ranks(ConfigFields fields)
    {
        if (fields.Find("rank_pattern") is not { } value)
            return [];
        if (
            value.ValueKind == JsonValueKind.Object
            && value
                .EnumerateObject()
                .All(rank =>
                    rank.Value.ValueKind == JsonValueKind.Number
                    && rank.Value.TryGetInt32(out var r)
                    && r is >= 0 and <= 65_536
                )
        )
            return [.. value.EnumerateObject().Select(rank => new LayerRank(rank.Name, rank.Value.GetInt32()))];
        fields.Wrong("rank_pattern", value, "an object with a rank from 0 to 65536 for each linear it names");
        return [];
    }
}
