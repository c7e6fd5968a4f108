using System.Text.Json;

namespace ReLoRA.Data.Tokenizers;

/// <summary>What of the tokenizer.json format is supported. Anything else would silently give other ids, so it is refused.</summary>
internal static class TokenizerFeatures
{
    public static void RequireSupported(JsonElement root, string place)
    {
        var model = root.GetProperty("model");
        // Old files have no model type: only BPE models have merges.
        if (Find(model, "type") is { } type && type.GetString() != "BPE")
            throw Unsupported(place, $"the model type is {type.GetRawText()}; supported: \"BPE\"");
        foreach (var key in new[] { "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix" })
            RequireEmpty(model, key, "model.", place);
        foreach (var key in new[] { "byte_fallback", "ignore_merges" })
        {
            if (IsTrue(model, key))
                throw Unsupported(place, $"model.{key} is true");
        }
        foreach (var key in new[] { "truncation", "padding" })
            RequireEmpty(root, key, "", place);
        foreach (var step in Steps(root, "normalizer", "normalizers"))
            RequireType(step, "normalizer", "NFC", place);
        RequirePreTokenizer(root, place);
        foreach (var step in Steps(root, "post_processor", "processors"))
        {
            if (!AddsNothing(step))
                RequireType(step, "post_processor", "ByteLevel", place);
        }
        foreach (var step in Steps(root, "decoder", "decoders"))
            RequireType(step, "decoder", "ByteLevel", place);
    }

    public static bool Composes(JsonElement root) => Steps(root, "normalizer", "normalizers").Length > 0;

    public static JsonElement? Find(JsonElement parent, string key) =>
        parent.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static bool IsTrue(JsonElement parent, string key, bool otherwise = false) =>
        Find(parent, key)?.GetBoolean() ?? otherwise;

    public static DataException Unsupported(string place, string what) =>
        new(
            DataFault.Unsupported,
            $"{place}: {what}. Supported are byte-level BPE tokenizers as GPT-2, GPT-NeoX, Pythia and OLMo have them."
        );

    // Saved from transformers, NeoX and OLMo have a template of the text alone.
    private static bool AddsNothing(JsonElement step) =>
        step.GetProperty("type").GetString() == "TemplateProcessing"
        && Find(step, "single") is { ValueKind: JsonValueKind.Array } single
        && single.GetArrayLength() == 1
        && single[0].TryGetProperty("Sequence", out _);

    private static void RequirePreTokenizer(JsonElement root, string place)
    {
        var steps = Steps(root, "pre_tokenizer", "pretokenizers");
        if (steps.Length != 1)
            throw Unsupported(place, $"pre_tokenizer has {steps.Length} steps; supported: one, \"ByteLevel\"");
        RequireType(steps[0], "pre_tokenizer", "ByteLevel", place);
        if (IsTrue(steps[0], "add_prefix_space", otherwise: true))
            throw Unsupported(place, "pre_tokenizer.add_prefix_space is true");
        if (!IsTrue(steps[0], "use_regex", otherwise: true))
            throw Unsupported(place, "pre_tokenizer.use_regex is false");
    }

    private static void RequireType(JsonElement step, string role, string allowed, string place)
    {
        if (step.GetProperty("type").GetString() != allowed)
            throw Unsupported(place, $"{role} is {step.GetProperty("type").GetRawText()}; supported: \"{allowed}\"");
    }

    private static void RequireEmpty(JsonElement parent, string key, string prefix, string place)
    {
        if (Find(parent, key) is { } value && value.GetRawText() is not ("\"\"" or "0" or "0.0"))
            throw Unsupported(place, $"{prefix}{key} is {value.GetRawText()}");
    }

    private static JsonElement[] Steps(JsonElement root, string role, string list)
    {
        if (Find(root, role) is not { } step)
            return [];
        return step.GetProperty("type").GetString() == "Sequence"
            ? [.. step.GetProperty(list).EnumerateArray()]
            : [step];
    }
}
