using System.Buffers;
using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>A map under construction: MessagePack wants the number of keys before the first of them.</summary>
internal sealed class MapFields
{
    private readonly ArrayBufferWriter<byte> _fields = new();
    private int _count;

    public static void Write(IBufferWriter<byte> target, LogRecord record)
    {
        var fields = new MapFields();
        fields.Add("kind", record.Kind);
        record.WriteTo(fields);
        if (record.Measured.Count > 0)
            fields.AddMeasured(record.Measured);
        fields.WriteTo(target);
    }

    public void Add(string key, string value)
    {
        var writer = Key(key);
        writer.Write(value);
        writer.Flush();
    }

    public void Add(string key, long value)
    {
        var writer = Key(key);
        writer.Write(value);
        writer.Flush();
    }

    public void Add(string key, double value)
    {
        var writer = Key(key);
        writer.Write(value);
        writer.Flush();
    }

    public void AddIfSet(string key, double? value)
    {
        if (value is { } number)
            Add(key, number);
    }

    public void AddIfSet(string key, string? value)
    {
        if (value is not null)
            Add(key, value);
    }

    public void Add(string key, bool value)
    {
        var writer = Key(key);
        writer.Write(value);
        writer.Flush();
    }

    public void Add(string key, IReadOnlyList<double> numbers)
    {
        var writer = Key(key);
        writer.WriteArrayHeader(numbers.Count);
        foreach (var number in numbers)
            writer.Write(number);
        writer.Flush();
    }

    public void Add(string key, IReadOnlyList<string> texts)
    {
        var writer = Key(key);
        writer.WriteArrayHeader(texts.Count);
        foreach (var text in texts)
            writer.Write(text);
        writer.Flush();
    }

    public void Add<T>(string key, IReadOnlyList<T> items, Action<T, MapFields> write)
    {
        var writer = Key(key);
        writer.WriteArrayHeader(items.Count);
        writer.Flush();
        foreach (var item in items)
        {
            var inner = new MapFields();
            write(item, inner);
            inner.WriteTo(_fields);
        }
    }

    private void AddMeasured(IReadOnlyDictionary<string, object> measured)
    {
        var inner = new MapFields();
        foreach (var (key, value) in measured)
            inner.AddAny(key, value);
        Key("measured").Flush();
        inner.WriteTo(_fields);
    }

    private void AddAny(string key, object value)
    {
        switch (value)
        {
            case string text:
                Add(key, text);
                break;
            case bool flag:
                Add(key, flag);
                break;
            case int number:
                Add(key, number);
                break;
            case long number:
                Add(key, number);
                break;
            case double number:
                Add(key, number);
                break;
            default:
                throw new ArgumentException(
                    $"measured.{key} is a {value?.GetType().Name ?? "null"}; allowed: string, bool, int, long, double."
                );
        }
    }

    private MessagePackWriter Key(string key)
    {
        _count++;
        var writer = new MessagePackWriter(_fields);
        writer.Write(key);
        return writer;
    }

    private void WriteTo(IBufferWriter<byte> target)
    {
        var writer = new MessagePackWriter(target);
        writer.WriteMapHeader(_count);
        writer.WriteRaw(_fields.WrittenSpan);
        writer.Flush();
    }
}
