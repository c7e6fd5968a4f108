using System.Buffers;

namespace ReLoRA.Results.Log;

/// <summary>Records as MessagePack, one after another in one buffer.</summary>
/// <remarks>By hand, since a writer for each value and a buffer for each map were most of what writing a record cost.</remarks>
internal sealed class MapFields
{
    private readonly MessagePackBuffer _buffer = new();
    private int _count;

    public ReadOnlySpan<byte> Written => _buffer.Written;

    public static void Write(IBufferWriter<byte> target, LogRecord record)
    {
        var fields = new MapFields();
        fields.Append(record);
        target.Write(fields.Written);
    }

    public void Clear() => _buffer.Cut(0);

    /// <summary>Appends a record, or nothing of it where it holds what a log cannot.</summary>
    public void Append(LogRecord record)
    {
        var start = _buffer.Length;
        try
        {
            var map = Begin();
            Add("kind", record.Kind);
            record.WriteTo(this);
            if (record.Measured.Count > 0)
                AddMeasured(record.Measured);
            End(map);
        }
        catch
        {
            _buffer.Cut(start);
            throw;
        }
    }

    public void Add(string key, string value)
    {
        Key(key);
        _buffer.Text(value);
    }

    public void Add(string key, long value)
    {
        Key(key);
        _buffer.Integer(value);
    }

    public void Add(string key, double value)
    {
        Key(key);
        _buffer.Number(value);
    }

    public void Add(string key, bool value)
    {
        Key(key);
        _buffer.Flag(value);
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

    public void Add(string key, IReadOnlyList<double> numbers)
    {
        Key(key);
        _buffer.Array(numbers.Count);
        for (var i = 0; i < numbers.Count; i++)
            _buffer.Number(numbers[i]);
    }

    public void Add(string key, IReadOnlyList<string> texts)
    {
        Key(key);
        _buffer.Array(texts.Count);
        for (var i = 0; i < texts.Count; i++)
            _buffer.Text(texts[i]);
    }

    public void Add<T>(string key, IReadOnlyList<T> items, Action<T, MapFields> write)
    {
        Key(key);
        _buffer.Array(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var map = Begin();
            write(items[i], this);
            End(map);
        }
    }

    private void AddMeasured(IReadOnlyDictionary<string, object> measured)
    {
        Key("measured");
        var map = Begin();
        foreach (var (key, value) in measured)
            AddAny(key, value);
        End(map);
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

    /// <summary>Begins a map, and returns its place and the count of the map around it.</summary>
    private (int Start, int Outer) Begin()
    {
        var outer = _count;
        _count = 0;
        return (_buffer.BeginMap(), outer);
    }

    private void End((int Start, int Outer) map)
    {
        _buffer.EndMap(map.Start, _count);
        _count = map.Outer;
    }

    private void Key(string key)
    {
        _count++;
        _buffer.Text(key);
    }
}
