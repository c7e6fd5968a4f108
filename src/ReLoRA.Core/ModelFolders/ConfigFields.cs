using System.Reflection;
using System.Text.Json;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.ModelFolders;

/// <summary>Reads fields of a published <c>config.json</c> and collects every fault. Ranges are those of the knobs they become.</summary>
internal sealed class ConfigFields(JsonElement json, string prefix, List<string> faults)
{
    private const int LongestShown = 60;

    public int Whole(string key, Type record, string knob, int? otherwise = null)
    {
        if (Find(key) is not { } value)
            return otherwise ?? Missing(key, Allowed(record, knob));
        if (
            value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            && Knob(record, knob).Allows(number)
        )
            return number;
        Wrong(key, value, $"a whole number, {Allowed(record, knob)}");
        return 0;
    }

    public double Number(string key, Type record, string knob, double? otherwise = null)
    {
        if (Find(key) is not { } value)
            return otherwise ?? Missing(key, Allowed(record, knob));
        if (
            value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var number)
            && double.IsFinite(number)
            && Knob(record, knob).Allows(number)
        )
            return number;
        Wrong(key, value, $"a number, {Allowed(record, knob)}");
        return 0;
    }

    public bool Flag(string key, bool? otherwise = false)
    {
        if (Find(key) is not { } value)
            return otherwise ?? Missing(key, "true or false") != 0;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Wrong(key, value, "true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A token id; a list of them gives its first.</summary>
    public int? Token(string key)
    {
        if (Find(key) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
            value = value[0];
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id >= 0)
            return id;
        Wrong(key, value, "a token id");
        return null;
    }

    /// <summary>The value of a key that is there and not null.</summary>
    public JsonElement? Find(string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public void Wrong(string key, JsonElement value, string allowed)
    {
        var text = value.GetRawText();
        faults.Add(
            $"{prefix}{key} is {(text.Length <= LongestShown ? text : text[..LongestShown] + "...")}; allowed: {allowed}."
        );
    }

    public int Missing(string key, string allowed)
    {
        faults.Add($"{prefix}{key} is missing; allowed: {allowed}.");
        return 0;
    }

    private static KnobAttribute Knob(Type record, string knob) =>
        record.GetProperty(knob)?.GetCustomAttribute<KnobAttribute>() ?? new KnobAttribute();

    private static string Allowed(Type record, string knob) => Knob(record, knob).Describe();
}
