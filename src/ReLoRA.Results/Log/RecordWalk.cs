using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

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
            case <= MessagePackCodes.LargestFixInteger:
            case >= MessagePackCodes.FirstNegative:
            case MessagePackCodes.Nil:
            case MessagePackCodes.False:
            case MessagePackCodes.True:
                return WalkEnd.Whole;
            case < MessagePackCodes.ShortArray:
                return Map(code & 0x0f, depth);
            case < MessagePackCodes.ShortText:
                return Items(code & 0x0f, depth);
            case <= MessagePackCodes.LastShortText:
                return Text(code & 0x1f);
            case MessagePackCodes.UInt8 or MessagePackCodes.Int8:
                return Skip(1);
            case MessagePackCodes.UInt16 or MessagePackCodes.Int16:
                return Skip(2);
            case MessagePackCodes.Float32 or MessagePackCodes.UInt32 or MessagePackCodes.Int32:
                return Skip(4);
            case MessagePackCodes.Float64 or MessagePackCodes.UInt64 or MessagePackCodes.Int64:
                return Skip(8);
            case MessagePackCodes.Text8 or MessagePackCodes.Text16 or MessagePackCodes.Text32:
                return Size(1 << (code - MessagePackCodes.Text8), out var text) ? Text(text) : WalkEnd.Torn;
            case MessagePackCodes.Binary8 or MessagePackCodes.Binary16 or MessagePackCodes.Binary32:
                return Size(1 << (code - MessagePackCodes.Binary8), out var binary) ? Skip(binary) : WalkEnd.Torn;
            case MessagePackCodes.Array16 or MessagePackCodes.Array32:
                return Size(2 << (code - MessagePackCodes.Array16), out var items) ? Items(items, depth) : WalkEnd.Torn;
            case MessagePackCodes.Map16 or MessagePackCodes.Map32:
                return Size(2 << (code - MessagePackCodes.Map16), out var keys) ? Map(keys, depth) : WalkEnd.Torn;
            case MessagePackCodes.NeverUsed:
                Fault ??= "a value of type Unknown";
                return WalkEnd.Unreadable;
            case MessagePackCodes.Extension8 or MessagePackCodes.Extension16 or MessagePackCodes.Extension32:
                Fault ??= "a value of type Extension";
                return Size(1 << (code - MessagePackCodes.Extension8), out var extension)
                    ? Skip(extension + 1)
                    : WalkEnd.Torn;
            default:
                Fault ??= "a value of type Extension";
                return Skip(1 + (1 << (code - MessagePackCodes.Extension1)));
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
            if (Position < _bytes.Length && !MessagePackCodes.IsText(_bytes[Position]))
                Fault ??= $"a key is no text but {MessagePackCodes.NameOf(_bytes[Position])}";
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
