using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.ModelFolders;

/// <summary>Carries a model's shape between knobs and the keys of an architecture's <c>config.json</c>.</summary>
internal static class ShapeFields
{
    /// <summary>The shape; every fault goes to the fields' list.</summary>
    public static ModelConfig Read(DecoderArchitecture architecture, ConfigFields json)
    {
        var model = new ModelConfig { Architecture = architecture.Name };
        foreach (var field in architecture.Folder.Fields)
            Knob(field).SetValue(model, Value(field, json));
        foreach (var (key, value) in architecture.Folder.Fixed)
        {
            if (json.Find(key) is { } found && found.GetRawText() != value.ToJsonString())
                json.Wrong(key, found, value.ToJsonString());
        }
        foreach (var (key, allowed) in architecture.Folder.Refused)
        {
            if (json.Find(key) is { } found)
                json.Wrong(key, found, allowed);
        }
        return model;
    }

    /// <summary>Writes the shape.</summary>
    public static void Write(DecoderArchitecture architecture, ModelConfig model, JsonObject json)
    {
        foreach (var field in architecture.Folder.Fields)
        {
            json[field.Key] = Knob(field).GetValue(model) switch
            {
                bool flag => JsonValue.Create(flag),
                int whole => JsonValue.Create(whole),
                var number => JsonValue.Create((double)number!),
            };
        }
        foreach (var (key, value) in architecture.Folder.Fixed)
            json[key] = value.DeepClone();
    }

    /// <summary>The faults between knobs, told by the keys of the file.</summary>
    public static IEnumerable<string> Faults(DecoderArchitecture architecture, ModelConfig model) =>
        architecture
            .Check(model)
            .Select(fault =>
                architecture.Folder.Fields.Aggregate(
                    fault.ToString(),
                    (text, field) => Regex.Replace(text, $@"\bModel\.{field.Knob}\b", field.Key)
                )
            );

    private static object Value(FolderField field, ConfigFields json)
    {
        var type = Knob(field).PropertyType;
        if (type == typeof(bool))
            return json.Flag(field.Key, (bool?)field.Otherwise);
        return type == typeof(int)
            ? json.Whole(field.Key, typeof(ModelConfig), field.Knob, (int?)field.Otherwise)
            : (object)json.Number(field.Key, typeof(ModelConfig), field.Knob, (double?)field.Otherwise);
    }

    private static PropertyInfo Knob(FolderField field) => typeof(ModelConfig).GetProperty(field.Knob)!;
}
