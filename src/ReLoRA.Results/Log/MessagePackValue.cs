using System.Buffers.Binary;
using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>Single values among bytes that a <see cref="RecordWalk"/> has found whole.</summary>
internal static class MessagePackValue
{
    /// <summary>Where a text lies; where there is none, an empty place.</summary>
    public static Range TextAt(ReadOnlySpan<byte> bytes, int at)
    {
        var code = bytes[at++];
        var (size, header) = code switch
        {
            >= MessagePackCode.MinFixStr and <= MessagePackCode.MaxFixStr => (code & 0x1f, 0),
            MessagePackCode.Str8 => (bytes[at], 1),
            MessagePackCode.Str16 => (BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]), 2),
            MessagePackCode.Str32 => ((int)BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]), 4),
            _ => (0, 0),
        };
        return (at + header)..(at + header + size);
    }

    /// <summary>An integer of 64 bits, or null.</summary>
    public static long? Integer(ReadOnlySpan<byte> bytes) =>
        bytes[0] switch
        {
            <= MessagePackCode.MaxFixInt => bytes[0],
            >= MessagePackCode.MinNegativeFixInt => unchecked((sbyte)bytes[0]),
            MessagePackCode.UInt8 => bytes[1],
            MessagePackCode.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]),
            MessagePackCode.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]),
            MessagePackCode.UInt64 => BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]) is <= long.MaxValue and var value
                ? (long)value
                : null,
            MessagePackCode.Int8 => unchecked((sbyte)bytes[1]),
            MessagePackCode.Int16 => BinaryPrimitives.ReadInt16BigEndian(bytes[1..]),
            MessagePackCode.Int32 => BinaryPrimitives.ReadInt32BigEndian(bytes[1..]),
            MessagePackCode.Int64 => BinaryPrimitives.ReadInt64BigEndian(bytes[1..]),
            _ => null,
        };

    /// <summary>A number, or null. Writers in other languages may store a whole number as an integer.</summary>
    public static double? Number(ReadOnlySpan<byte> bytes) =>
        bytes[0] switch
        {
            MessagePackCode.Float64 => BinaryPrimitives.ReadDoubleBigEndian(bytes[1..]),
            MessagePackCode.Float32 => BinaryPrimitives.ReadSingleBigEndian(bytes[1..]),
            MessagePackCode.UInt64 => BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]),
            _ => Integer(bytes),
        };

    /// <summary>How many items an array or keys a map has, and how long the header is that says so; null where it is neither.</summary>
    public static (int Count, int Header)? Count(ReadOnlySpan<byte> bytes) =>
        bytes[0] switch
        {
            >= MessagePackCode.MinFixMap and < MessagePackCode.MinFixStr => (bytes[0] & 0x0f, 1),
            MessagePackCode.Array16 or MessagePackCode.Map16 => (BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]), 3),
            MessagePackCode.Array32 or MessagePackCode.Map32 => (
                (int)BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]),
                5
            ),
            _ => null,
        };

    /// <summary>A number's length in bytes, its first one included.</summary>
    public static int NumberLength(byte code) =>
        code switch
        {
            MessagePackCode.Float64 or MessagePackCode.UInt64 or MessagePackCode.Int64 => 9,
            MessagePackCode.Float32 or MessagePackCode.UInt32 or MessagePackCode.Int32 => 5,
            MessagePackCode.UInt16 or MessagePackCode.Int16 => 3,
            MessagePackCode.UInt8 or MessagePackCode.Int8 => 2,
            _ => 1,
        };
}
