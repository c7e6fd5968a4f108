using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>A record's measured values, read from the log's bytes when somebody asks: most records are never asked.</summary>
/// <remarks>They are few, so that looking through all of them costs less than a table of them.</remarks>
/// <param name="bytes">Where the map begins; a <see cref="RecordWalk"/> found it sound.</param>
internal sealed class MeasuredMap(ReadOnlyMemory<byte> bytes) : IReadOnlyDictionary<string, object>
{
    // What every step has: one text for all of them.
    private static readonly string[] Frequent = ["seconds", "tokens_per_second"];

    private KeyValuePair<string, object>[]? _values;

    public int Count => Values.Length;

    public IEnumerable<string> Keys => Values.Select(pair => pair.Key);

    IEnumerable<object> IReadOnlyDictionary<string, object>.Values => Values.Select(pair => pair.Value);

    private KeyValuePair<string, object>[] Values => _values ??= Read();

    public object this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"no '{key}' was measured");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value)
    {
        foreach (var pair in Values)
            if (pair.Key == key)
            {
                value = pair.Value;
                return true;
            }
        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => Values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private KeyValuePair<string, object>[] Read()
    {
        var fields = new List<MapField>();
        _ = new RecordWalk(bytes.Span, 0, fields);
        var values = new List<KeyValuePair<string, object>>(fields.Count);
        foreach (var field in fields)
            if (Value(field.Value) is { } value)
                values.Add(new(Key(bytes.Span.Slice(field.Key, field.KeyLength)), value));
        return [.. values];
    }

    private static string Key(ReadOnlySpan<byte> text)
    {
        foreach (var key in Frequent)
            if (Ascii.Equals(text, key))
                return key;
        return Encoding.UTF8.GetString(text);
    }

    private object? Value(int at)
    {
        if (bytes.Span[at] == MessagePackCode.Float64)
            return MessagePackValue.Number(bytes.Span[at..]);
        var reader = new MessagePackReader(bytes[at..]);
        return RawMap.Value(ref reader, 0);
    }
}
