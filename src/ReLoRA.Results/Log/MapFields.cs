using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ReLoRA.Results.Log;

/// <summary>Records as MessagePack, one after another in one buffer. Every value has the shortest form that holds it.</summary>
/// <remarks>By hand, since a writer for each value and a buffer for each map were most of what writing a record cost.</remarks>
internal sealed class MapFields
{
    private const int ShortMap = 15;
    private const int MediumMap = ushort.MaxValue;

    private byte[] _bytes = new byte[1024];
    private int _length;
    private int _count;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public static void Write(IBufferWriter<byte> target, LogRecord record)
    {
        var fields = new MapFields();
        fields.Append(record);
        target.Write(fields.Written);
    }

    public void Clear() => _length = 0;

    /// <summary>Appends a record, or nothing of it where it holds what a log cannot.</summary>
    public void Append(LogRecord record)
    {
        var start = _length;
        try
        {
            var count = Begin();
            Add("kind", record.Kind);
            record.WriteTo(this);
            if (record.Measured.Count > 0)
                AddMeasured(record.Measured);
            End(start, count);
        }
        catch
        {
            _length = start;
            throw;
        }
    }

    public void Add(string key, string value)
    {
        Key(key);
        Text(value);
    }

    public void Add(string key, long value)
    {
        Key(key);
        if (value >= 0)
            Positive((ulong)value);
        else
            Negative(value);
    }

    public void Add(string key, double value)
    {
        Key(key);
        Number(value);
    }

    public void Add(string key, bool value)
    {
        Key(key);
        Space(1)[0] = value ? MessagePackCodes.True : MessagePackCodes.False;
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
        Array(numbers.Count);
        for (var i = 0; i < numbers.Count; i++)
            Number(numbers[i]);
    }

    public void Add(string key, IReadOnlyList<string> texts)
    {
        Key(key);
        Array(texts.Count);
        for (var i = 0; i < texts.Count; i++)
            Text(texts[i]);
    }

    public void Add<T>(string key, IReadOnlyList<T> items, Action<T, MapFields> write)
    {
        Key(key);
        Array(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var start = _length;
            var count = Begin();
            write(items[i], this);
            End(start, count);
        }
    }

    private void AddMeasured(IReadOnlyDictionary<string, object> measured)
    {
        Key("measured");
        var start = _length;
        var count = Begin();
        foreach (var (key, value) in measured)
            AddAny(key, value);
        End(start, count);
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

    /// <summary>Leaves a byte for the map's header, and returns the count of the map around it.</summary>
    private int Begin()
    {
        Space(1);
        var outer = _count;
        _count = 0;
        return outer;
    }

    private void End(int start, int outer)
    {
        if (_count <= ShortMap)
            _bytes[start] = (byte)(MessagePackCodes.ShortMap | _count);
        else if (_count <= MediumMap)
            BinaryPrimitives.WriteUInt16BigEndian(Widen(start, MessagePackCodes.Map16, 2), (ushort)_count);
        else
            BinaryPrimitives.WriteUInt32BigEndian(Widen(start, MessagePackCodes.Map32, 4), (uint)_count);
        _count = outer;
    }

    /// <summary>Makes the header at a place longer, now that it is known how many keys the map has.</summary>
    private Span<byte> Widen(int start, byte code, int size)
    {
        var content = _length - start - 1;
        Space(size);
        _bytes.AsSpan(start + 1, content).CopyTo(_bytes.AsSpan(start + 1 + size));
        _bytes[start] = code;
        return _bytes.AsSpan(start + 1, size);
    }

    private void Key(string key)
    {
        _count++;
        Text(key);
    }

    private void Text(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        if (size <= 31)
            Space(1)[0] = (byte)(MessagePackCodes.ShortText | size);
        else if (size <= byte.MaxValue)
            Coded(MessagePackCodes.Text8, 1)[0] = (byte)size;
        else if (size <= ushort.MaxValue)
            BinaryPrimitives.WriteUInt16BigEndian(Coded(MessagePackCodes.Text16, 2), (ushort)size);
        else
            BinaryPrimitives.WriteUInt32BigEndian(Coded(MessagePackCodes.Text32, 4), (uint)size);
        Encoding.UTF8.GetBytes(value, Space(size));
    }

    private void Array(int count)
    {
        if (count <= 15)
            Space(1)[0] = (byte)(MessagePackCodes.ShortArray | count);
        else if (count <= ushort.MaxValue)
            BinaryPrimitives.WriteUInt16BigEndian(Coded(MessagePackCodes.Array16, 2), (ushort)count);
        else
            BinaryPrimitives.WriteUInt32BigEndian(Coded(MessagePackCodes.Array32, 4), (uint)count);
    }

    private void Number(double value) =>
        BinaryPrimitives.WriteDoubleBigEndian(Coded(MessagePackCodes.Float64, 8), value);

    private void Positive(ulong value)
    {
        if (value <= 127)
            Space(1)[0] = (byte)value;
        else if (value <= byte.MaxValue)
            Coded(MessagePackCodes.UInt8, 1)[0] = (byte)value;
        else if (value <= ushort.MaxValue)
            BinaryPrimitives.WriteUInt16BigEndian(Coded(MessagePackCodes.UInt16, 2), (ushort)value);
        else if (value <= uint.MaxValue)
            BinaryPrimitives.WriteUInt32BigEndian(Coded(MessagePackCodes.UInt32, 4), (uint)value);
        else
            BinaryPrimitives.WriteUInt64BigEndian(Coded(MessagePackCodes.UInt64, 8), value);
    }

    private void Negative(long value)
    {
        if (value >= -32)
            Space(1)[0] = unchecked((byte)value);
        else if (value >= sbyte.MinValue)
            Coded(MessagePackCodes.Int8, 1)[0] = unchecked((byte)value);
        else if (value >= short.MinValue)
            BinaryPrimitives.WriteInt16BigEndian(Coded(MessagePackCodes.Int16, 2), (short)value);
        else if (value >= int.MinValue)
            BinaryPrimitives.WriteInt32BigEndian(Coded(MessagePackCodes.Int32, 4), (int)value);
        else
            BinaryPrimitives.WriteInt64BigEndian(Coded(MessagePackCodes.Int64, 8), value);
    }

    private Span<byte> Coded(byte code, int size)
    {
        var space = Space(1 + size);
        space[0] = code;
        return space[1..];
    }

    private Span<byte> Space(int size)
    {
        if (_length + size > _bytes.Length)
            System.Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + size));
        _length += size;
        return _bytes.AsSpan(_length - size, size);
    }
}
