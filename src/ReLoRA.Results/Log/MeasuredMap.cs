using System.Collections;
using System.Diagnostics.CodeAnalysis;
using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>A record's measured values, read from the log's bytes when somebody asks: most records are never asked.</summary>
/// <param name="bytes">Where the map begins; it was found sound.</param>
internal sealed class MeasuredMap(ReadOnlyMemory<byte> bytes) : IReadOnlyDictionary<string, object>
{
    private Dictionary<string, object>? _values;

    public int Count => Values.Count;

    public IEnumerable<string> Keys => Values.Keys;

    IEnumerable<object> IReadOnlyDictionary<string, object>.Values => Values.Values;

    private Dictionary<string, object> Values => _values ??= Read();

    public object this[string key] => Values[key];

    public bool ContainsKey(string key) => Values.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value) => Values.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<string, object> Read()
    {
        var reader = new MessagePackReader(bytes);
        var result = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in RawMap.Read(ref reader))
            if (value is not null)
                result.Add(key, value);
        return result;
    }
}
