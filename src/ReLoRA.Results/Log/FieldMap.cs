using System.Text;
using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>
/// Typed access to the keys of one map, straight from its bytes. Keys that nobody asks for are ignored: later versions may add some.
/// </summary>
internal readonly struct FieldMap
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<MapField> _fields;
    private readonly int _first;
    private readonly int _end;

    /// <param name="bytes">A record's bytes, which a <see cref="RecordWalk"/> found sound.</param>
    /// <param name="fields">What it found; this map's fields are the last.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="offset">Where the record begins in the file.</param>
    public FieldMap(ReadOnlyMemory<byte> bytes, List<MapField> fields, int first, long offset) =>
        (_bytes, _fields, _first, _end, Offset) = (bytes, fields, first, fields.Count, offset);

    /// <summary>Where the record begins in the file.</summary>
    public long Offset { get; }

    public string Text(string key) =>
        TextOf(Find(key)) is { } range ? Encoding.UTF8.GetString(_bytes.Span[range]) : throw Wrong(key, "a string");

    /// <summary>A text's bytes: for those that are looked up, not kept.</summary>
    public ReadOnlySpan<byte> RawText(string key) =>
        TextOf(Find(key)) is { } range ? _bytes.Span[range] : throw Wrong(key, "a string");

    public bool Flag(string key) =>
        _bytes.Span[Find(key)] switch
        {
            MessagePackCode.True => true,
            MessagePackCode.False => false,
            _ => throw Wrong(key, "a boolean"),
        };

    /// <summary>A key that earlier versions did not write.</summary>
    public bool? OptionalFlag(string key) => Has(key) ? Flag(key) : null;

    public long Integer(string key) =>
        MessagePackValue.Integer(_bytes.Span[Find(key)..]) ?? throw Wrong(key, "an integer of 64 bits");

    public int SmallInteger(string key)
    {
        var value = Integer(key);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Wrong(key, "an integer of 32 bits");
    }

    public double Number(string key) =>
        MessagePackValue.Number(_bytes.Span[Find(key)..]) ?? throw Wrong(key, "a number");

    /// <summary>A key that earlier versions did not write.</summary>
    public double? OptionalNumber(string key) => Has(key) ? Number(key) : null;

    /// <summary>A key that earlier versions did not write.</summary>
    public int? OptionalInteger(string key) => Has(key) ? SmallInteger(key) : null;

    /// <summary>A key that not every map has.</summary>
    public long? OptionalLong(string key) => Has(key) ? Integer(key) : null;

    /// <summary>A key that earlier versions did not write.</summary>
    public IReadOnlyList<double> OptionalNumbers(string key)
    {
        if (!Has(key))
            return [];
        var (count, at) = Items(key, "an array of numbers");
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            var value = _bytes.Span[at..];
            numbers[i] = MessagePackValue.Number(value) ?? throw Wrong(key, "an array of numbers");
            at += MessagePackValue.NumberLength(value[0]);
        }
        return numbers.AsReadOnly();
    }

    /// <summary>A key that not every map has.</summary>
    public IReadOnlyList<string> OptionalTexts(string key)
    {
        if (!Has(key))
            return [];
        var (count, at) = Items(key, "an array of strings");
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            var range = TextOf(at) ?? throw Wrong(key, "an array of strings");
            texts[i] = Encoding.UTF8.GetString(_bytes.Span[range]);
            at = range.End.Value;
        }
        return texts.AsReadOnly();
    }

    /// <summary>A key that earlier versions did not write.</summary>
    public string? OptionalText(string key) => Has(key) ? Text(key) : null;

    public IReadOnlyList<T> Maps<T>(string key, Func<FieldMap, T> read)
    {
        var (count, at) = Items(key, "an array of maps");
        var result = new T[count];
        for (var i = 0; i < count; i++)
        {
            if (MessagePackCode.ToMessagePackType(_bytes.Span[at]) != MessagePackType.Map)
                throw Wrong(key, "an array of maps");
            var first = _fields.Count;
            var walk = new RecordWalk(_bytes.Span, at, _fields);
            result[i] = read(new FieldMap(_bytes, _fields, first, Offset));
            _fields.RemoveRange(first, _fields.Count - first);
            at = walk.Position;
        }
        return result.AsReadOnly();
    }

    public IReadOnlyDictionary<string, object> Measured()
    {
        if (!TryFind("measured", out var at) || _bytes.Span[at] == MessagePackCode.Nil)
            return LogRecord.NothingMeasured;
        return MessagePackCode.ToMessagePackType(_bytes.Span[at]) == MessagePackType.Map
            ? new MeasuredMap(_bytes[at..])
            : throw Wrong("measured", "a map");
    }

    private (int Count, int At) Items(string key, string wanted)
    {
        var at = Find(key);
        return
            MessagePackCode.ToMessagePackType(_bytes.Span[at]) == MessagePackType.Array
            && MessagePackValue.Count(_bytes.Span[at..]) is { } header
            ? (header.Count, at + header.Header)
            : throw Wrong(key, wanted);
    }

    private Range? TextOf(int at) =>
        MessagePackCode.ToMessagePackType(_bytes.Span[at]) == MessagePackType.String
            ? MessagePackValue.TextAt(_bytes.Span, at)
            : null;

    private bool Has(string key) => TryFind(key, out _);

    /// <summary>Where a key's value begins.</summary>
    private int Find(string key) =>
        TryFind(key, out var at) && _bytes.Span[at] != MessagePackCode.Nil
            ? at
            : throw new LogFormatException(LogFault.MissingKey, Offset, $"the record has no key '{key}'");

    private bool TryFind(string key, out int at)
    {
        var bytes = _bytes.Span;
        for (var i = _first; i < _end; i++)
        {
            var field = _fields[i];
            if (field.KeyLength == key.Length && Ascii.Equals(bytes.Slice(field.Key, field.KeyLength), key))
            {
                at = field.Value;
                return true;
            }
        }
        at = 0;
        return false;
    }

    private LogFormatException Wrong(string key, string wanted) =>
        new(LogFault.WrongType, Offset, $"the record's key '{key}' is not {wanted}");
}
