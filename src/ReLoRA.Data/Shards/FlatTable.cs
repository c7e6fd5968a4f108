using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace ReLoRA.Data.Shards;

/// <summary>
/// A table of a FlatBuffers message. Every access is checked by the span beneath: a damaged message gives
/// <see cref="ArgumentOutOfRangeException"/>, never a read outside of it.
/// </summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly int _at;

    private FlatTable(ReadOnlySpan<byte> message, int at)
    {
        _message = message;
        _at = at;
    }

    public static FlatTable Root(ReadOnlySpan<byte> message) =>
        new(message, BinaryPrimitives.ReadInt32LittleEndian(message));

    public bool Has(int field) => Place(field) != 0;

    public byte Byte(int field) => Place(field) is var place and not 0 ? _message[place..][0] : (byte)0;

    public short Int16(int field) => Place(field) is var place and not 0 ? (short)ReadUInt16(place) : (short)0;

    public int Int32(int field) => Place(field) is var place and not 0 ? ReadInt32(place) : 0;

    public long Int64(int field) => Place(field) is var place and not 0 ? ReadInt64(place) : 0;

    public FlatTable Table(int field) => new(_message, Target(RequiredPlace(field)));

    public string Text(int field)
    {
        if (Place(field) is not (var place and not 0))
            return "";
        var start = Target(place);
        return Encoding.UTF8.GetString(_message.Slice(start + sizeof(int), ReadInt32(start)));
    }

    /// <summary>The length of a vector of tables.</summary>
    public int TableCount(int field) => Place(field) is var place and not 0 ? ReadInt32(Target(place)) : 0;

    public FlatTable TableAt(int field, int index)
    {
        var item = Target(RequiredPlace(field)) + sizeof(int) + index * sizeof(int);
        return new FlatTable(_message, Target(item));
    }

    /// <summary>A vector of structs of two 64-bit numbers (Arrow's nodes and buffers).</summary>
    public (long First, long Second)[] Pairs(int field)
    {
        if (Place(field) is not (var place and not 0))
            return [];
        var start = Target(place);
        // Sliced before it is allocated: a damaged count must not ask for gigabytes.
        var items = _message.Slice(start + sizeof(int), checked(ReadInt32(start) * 2 * sizeof(long)));
        var pairs = new (long First, long Second)[items.Length / (2 * sizeof(long))];
        for (var index = 0; index < pairs.Length; index++)
        {
            var pair = items[(index * 2 * sizeof(long))..];
            pairs[index] = (
                BinaryPrimitives.ReadInt64LittleEndian(pair),
                BinaryPrimitives.ReadInt64LittleEndian(pair[sizeof(long)..])
            );
        }
        return pairs;
    }

    /// <summary>A vector of 64-bit numbers.</summary>
    public long[] Int64s(int field)
    {
        if (Place(field) is not (var place and not 0))
            return [];
        var start = Target(place);
        return MemoryMarshal
            .Cast<byte, long>(_message.Slice(start + sizeof(int), checked(ReadInt32(start) * sizeof(long))))
            .ToArray();
    }

    private int Place(int field)
    {
        var table = _at - ReadInt32(_at);
        var slot = 2 * sizeof(ushort) + field * sizeof(ushort);
        if (slot >= ReadUInt16(table))
            return 0;
        var offset = ReadUInt16(table + slot);
        return offset == 0 ? 0 : _at + offset;
    }

    private int RequiredPlace(int field) =>
        Place(field) is var place and not 0
            ? place
            : throw new ArgumentOutOfRangeException(nameof(field), field, "The message lacks a field.");

    private int Target(int place) => place + ReadInt32(place);

    private ushort ReadUInt16(int place) => BinaryPrimitives.ReadUInt16LittleEndian(_message[place..]);

    private int ReadInt32(int place) => BinaryPrimitives.ReadInt32LittleEndian(_message[place..]);

    private long ReadInt64(int place) => BinaryPrimitives.ReadInt64LittleEndian(_message[place..]);
}
