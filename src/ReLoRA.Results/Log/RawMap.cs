using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>Reads MessagePack values that a log may hold: no extension types, text keys only, no key twice.</summary>
internal static class RawMap
{
    // Our own records nest three deep; the limit keeps hostile bytes from exhausting the stack.
    private const int DeepestNesting = 16;

    public static Dictionary<string, object?> Read(ref MessagePackReader reader, int depth = 0)
    {
        if (depth > DeepestNesting)
            throw new MessagePackSerializationException($"values are nested more than {DeepestNesting} deep");
        var count = reader.ReadMapHeader();
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            if (reader.NextMessagePackType != MessagePackType.String)
                throw new MessagePackSerializationException($"a key is no text but {reader.NextMessagePackType}");
            var key = reader.ReadString()!;
            if (!map.TryAdd(key, Value(ref reader, depth)))
                throw new MessagePackSerializationException($"the key '{key}' stands there twice");
        }
        return map;
    }

    public static object? Value(ref MessagePackReader reader, int depth)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                return null;
            case MessagePackType.Boolean:
                return reader.ReadBoolean();
            case MessagePackType.Integer:
                return Integer(ref reader);
            case MessagePackType.Float:
                return reader.ReadDouble();
            case MessagePackType.String:
                return reader.ReadString();
            case MessagePackType.Binary:
                return Bytes(ref reader);
            case MessagePackType.Array:
                return List(ref reader, depth + 1);
            case MessagePackType.Map:
                return Read(ref reader, depth + 1);
            default:
                throw new MessagePackSerializationException($"a value of type {reader.NextMessagePackType}");
        }
    }

    private static object Integer(ref MessagePackReader reader)
    {
        if (reader.NextCode != MessagePackCode.UInt64)
            return reader.ReadInt64();
        var value = reader.ReadUInt64();
        return value <= long.MaxValue ? (long)value : value;
    }

    private static byte[] Bytes(ref MessagePackReader reader)
    {
        var sequence = reader.ReadBytes()!.Value;
        var bytes = new byte[sequence.Length];
        var target = 0;
        foreach (var part in sequence)
        {
            part.Span.CopyTo(bytes.AsSpan(target));
            target += part.Length;
        }
        return bytes;
    }

    private static List<object?> List(ref MessagePackReader reader, int depth)
    {
        if (depth > DeepestNesting)
            throw new MessagePackSerializationException($"values are nested more than {DeepestNesting} deep");
        var count = reader.ReadArrayHeader();
        var items = new List<object?>();
        for (var i = 0; i < count; i++)
            items.Add(Value(ref reader, depth));
        return items;
    }
}
