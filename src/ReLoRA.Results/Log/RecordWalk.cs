using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>
/// A walk over one record's bytes: where it ends, where its keys lie, and whether it holds only what a log may hold (no extension
/// types, text keys only, none twice). What is reported first is where a record ends, since a torn one says nothing else for sure.
/// </summary>
internal ref struct RecordWalk
{
    // Our own records nest three deep; the limit keeps hostile bytes from exhausting the stack.
    private const int DeepestNesting = 16;
    private const int KeysToCompareInPairs = 48;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly List<MapField> _fields;
    private readonly int _first;

    /// <param name="bytes">The bytes.</param>
    /// <param name="start">Where a map begins.</param>
    /// <param name="fields">Receives the map's fields.</param>
    public RecordWalk(ReadOnlySpan<byte> bytes, int start, List<MapField> fields)
    {
        _bytes = bytes;
        Position = start;
        _fields = fields;
        _first = fields.Count;
        End = Value(0);
        if (End != WalkEnd.Whole)
            fields.RemoveRange(_first, fields.Count - _first);
    }

    /// <summary>Whether the end was found.</summary>
    public WalkEnd End { get; }

    /// <summary>Where the record ends.</summary>
    public int Position { get; private set; }

    /// <summary>What stands there that a log does not hold, or null.</summary>
    public string? Fault { get; private set; }

    private WalkEnd Value(int depth)
    {
        if (Position >= _bytes.Length)
            return WalkEnd.Torn;
        var code = _bytes[Position++];
        switch (code)
        {
            case <= MessagePackCode.MaxFixInt:
            case >= MessagePackCode.MinNegativeFixInt:
            case MessagePackCode.Nil:
            case MessagePackCode.False:
            case MessagePackCode.True:
                return WalkEnd.Whole;
            case < MessagePackCode.MinFixArray:
                return Map(code & 0x0f, depth);
            case < MessagePackCode.MinFixStr:
                return Items(code & 0x0f, depth);
            case <= MessagePackCode.MaxFixStr:
                return Text(code & 0x1f);
            case MessagePackCode.UInt8 or MessagePackCode.Int8:
                return Skip(1);
            case MessagePackCode.UInt16 or MessagePackCode.Int16:
                return Skip(2);
            case MessagePackCode.Float32 or MessagePackCode.UInt32 or MessagePackCode.Int32:
                return Skip(4);
            case MessagePackCode.Float64 or MessagePackCode.UInt64 or MessagePackCode.Int64:
                return Skip(8);
            case MessagePackCode.Str8 or MessagePackCode.Str16 or MessagePackCode.Str32:
                return Size(1 << (code - MessagePackCode.Str8), out var text) ? Text(text) : WalkEnd.Torn;
            case MessagePackCode.Bin8 or MessagePackCode.Bin16 or MessagePackCode.Bin32:
                return Size(1 << (code - MessagePackCode.Bin8), out var binary) ? Skip(binary) : WalkEnd.Torn;
            case MessagePackCode.Array16 or MessagePackCode.Array32:
                return Size(2 << (code - MessagePackCode.Array16), out var items) ? Items(items, depth) : WalkEnd.Torn;
            case MessagePackCode.Map16 or MessagePackCode.Map32:
                return Size(2 << (code - MessagePackCode.Map16), out var keys) ? Map(keys, depth) : WalkEnd.Torn;
            case MessagePackCode.NeverUsed:
                Fault ??= "a value of type Unknown";
                return WalkEnd.Unreadable;
            case MessagePackCode.Ext8 or MessagePackCode.Ext16 or MessagePackCode.Ext32:
                Fault ??= "a value of type Extension";
                return Size(1 << (code - MessagePackCode.Ext8), out var extension) ? Skip(extension + 1) : WalkEnd.Torn;
            default:
                Fault ??= "a value of type Extension";
                return Skip(1 + (1 << (code - MessagePackCode.FixExt1)));
        }
    }

    private WalkEnd Map(long count, int depth)
    {
        if (depth > DeepestNesting)
            return TooDeep();
        // A key and a value have a byte each at least.
        if (count * 2 > _bytes.Length - Position)
            return WalkEnd.Torn;
        var first = _fields.Count;
        for (var i = 0L; i < count; i++)
        {
            if (
                Position < _bytes.Length
                && MessagePackCode.ToMessagePackType(_bytes[Position]) != MessagePackType.String
            )
                Fault ??= $"a key is no text but {MessagePackCode.ToMessagePackType(_bytes[Position])}";
            var header = Position;
            var key = Value(depth + 1);
            if (key != WalkEnd.Whole)
                return key;
            var text = MessagePackValue.TextAt(_bytes, header);
            _fields.Add(new MapField(text.Start.Value, text.End.Value - text.Start.Value, Position));
            var value = Value(depth + 1);
            if (value != WalkEnd.Whole)
                return value;
        }
        FindTwins(first);
        if (depth > 0)
            _fields.RemoveRange(first, _fields.Count - first);
        return WalkEnd.Whole;
    }

    private void FindTwins(int first)
    {
        if (Fault is not null)
            return;
        if (_fields.Count - first > KeysToCompareInPairs)
        {
            var known = new HashSet<string>(StringComparer.Ordinal);
            for (var i = first; i < _fields.Count; i++)
                if (!known.Add(Key(i)))
                    Fault ??= $"the key '{Key(i)}' stands there twice";
            return;
        }
        for (var i = first; i < _fields.Count; i++)
        for (var j = first; j < i; j++)
            if (
                _fields[i].KeyLength == _fields[j].KeyLength
                && _bytes
                    .Slice(_fields[i].Key, _fields[i].KeyLength)
                    .SequenceEqual(_bytes.Slice(_fields[j].Key, _fields[j].KeyLength))
            )
                Fault ??= $"the key '{Key(i)}' stands there twice";
    }

    private readonly string Key(int field) =>
        Encoding.UTF8.GetString(_bytes.Slice(_fields[field].Key, _fields[field].KeyLength));

    private WalkEnd Items(long count, int depth)
    {
        if (depth > DeepestNesting)
            return TooDeep();
        if (count > _bytes.Length - Position)
            return WalkEnd.Torn;
        for (var i = 0L; i < count; i++)
        {
            var end = Value(depth + 1);
            if (end != WalkEnd.Whole)
                return end;
        }
        return WalkEnd.Whole;
    }

    private WalkEnd TooDeep()
    {
        Fault ??= $"values are nested more than {DeepestNesting} deep";
        return WalkEnd.Unreadable;
    }

    private WalkEnd Text(long size)
    {
        var start = Position;
        var end = Skip(size);
        if (end == WalkEnd.Whole && !Utf8.IsValid(_bytes[start..Position]))
            Fault ??= "a text is not UTF-8";
        return end;
    }

    private WalkEnd Skip(long size)
    {
        if (size > _bytes.Length - Position)
            return WalkEnd.Torn;
        Position += (int)size;
        return WalkEnd.Whole;
    }

    private bool Size(int bytes, out long size)
    {
        size = 0;
        if (bytes > _bytes.Length - Position)
            return false;
        size = bytes switch
        {
            1 => _bytes[Position],
            2 => BinaryPrimitives.ReadUInt16BigEndian(_bytes[Position..]),
            _ => BinaryPrimitives.ReadUInt32BigEndian(_bytes[Position..]),
        };
        Position += bytes;
        return true;
    }
}
