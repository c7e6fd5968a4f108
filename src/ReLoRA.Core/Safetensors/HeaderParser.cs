using System.Text.Json;
using System.Text.Unicode;

namespace ReLoRA.Core.Safetensors;

/// <summary>Reads the JSON header of a file straight from its bytes.</summary>
internal static class HeaderParser
{
    private const string Metadata = "__metadata__";

    /// <summary>The tensors in the header's order. What they say of each other is <see cref="HeaderRules"/>' part.</summary>
    /// <exception cref="SafetensorsException">It is malformed.</exception>
    public static IReadOnlyList<StoredTensor> Parse(ReadOnlySpan<byte> header, string path)
    {
        if (header[0] != (byte)'{' || !Utf8.IsValid(header))
            throw Fault(path, SafetensorsFault.HeaderText, "its header is no JSON object. Give a safetensors file");
        try
        {
            return Read(header, path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SafetensorsException(
                SafetensorsFault.HeaderText,
                $"{path} is malformed: its header cannot be read: {e.Message}",
                e
            );
        }
    }

    private static List<StoredTensor> Read(ReadOnlySpan<byte> header, string path)
    {
        var json = new Utf8JsonReader(header);
        var tensors = new List<StoredTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            if (!names.Add(name))
                throw Fault(path, SafetensorsFault.DuplicateKey, $"{Short(name)} stands twice in its header");
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                throw Incomplete(path, name);
            if (name == Metadata)
                SkipMetadata(ref json, path);
            else
                tensors.Add(Entry(ref json, name, path));
        }
        if (json.Read())
            throw Fault(path, SafetensorsFault.HeaderText, "something follows the header's JSON object");
        return tensors;
    }

    private static void SkipMetadata(ref Utf8JsonReader json, string path)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!keys.Add(json.GetString()!))
                throw Fault(path, SafetensorsFault.DuplicateKey, $"a key stands twice in {Metadata}");
            json.Read();
            if (json.TokenType != JsonTokenType.String)
                throw Fault(path, SafetensorsFault.Entry, $"{Metadata} holds something that is no text");
        }
    }

    private static StoredTensor Entry(ref Utf8JsonReader json, string name, string path)
    {
        string? type = null;
        IReadOnlyList<long>? shape = null;
        IReadOnlyList<long>? offsets = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = json.ValueTextEquals("dtype"u8);
            var isShape = json.ValueTextEquals("shape"u8);
            var isOffsets = json.ValueTextEquals("data_offsets"u8);
            if ((isType && type is not null) || (isShape && shape is not null) || (isOffsets && offsets is not null))
                throw Fault(path, SafetensorsFault.DuplicateKey, $"a key stands twice in the entry of {Short(name)}");
            json.Read();
            if (isType)
                type = json.TokenType == JsonTokenType.String ? json.GetString() : throw Incomplete(path, name);
            else if (isShape)
                shape = Numbers(ref json, name, path);
            else if (isOffsets)
                offsets = Numbers(ref json, name, path);
            else
                json.Skip();
        }
        if (type is null || shape is null || offsets is not [var from, var to])
            throw Incomplete(path, name);
        if (from < 0 || to < from)
            throw Fault(path, SafetensorsFault.Offsets, $"{Short(name)} lies at {from} to {to}");
        return new StoredTensor(name, type, shape, from, to - from);
    }

    private static List<long> Numbers(ref Utf8JsonReader json, string name, string path)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw Incomplete(path, name);
        var numbers = new List<long>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var number))
                throw Fault(
                    path,
                    SafetensorsFault.Entry,
                    $"{Short(name)} has a size or offset that is no 64-bit integer"
                );
            if (numbers.Count == HeaderRules.MostDimensions)
                throw Fault(
                    path,
                    SafetensorsFault.Shape,
                    $"{Short(name)} has more than {HeaderRules.MostDimensions} sizes"
                );
            numbers.Add(number);
        }
        return numbers;
    }

    /// <summary>A name, shortened: damaged files have long ones.</summary>
    internal static string Short(string name) => name.Length <= 100 ? name : name[..100] + "...";

    internal static SafetensorsException Fault(string path, SafetensorsFault fault, string what) =>
        new(fault, $"{path} is malformed: {what}.");

    private static SafetensorsException Incomplete(string path, string name) =>
        Fault(
            path,
            SafetensorsFault.Entry,
            $"the entry of {Short(name)} is incomplete; each has dtype, shape and data_offsets"
        );
}
