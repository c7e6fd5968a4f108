using System.Buffers.Binary;

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
            >= MessagePackCodes.ShortText and <= MessagePackCodes.LastShortText => (code & 0x1f, 0),
            MessagePackCodes.Text8 => (bytes[at], 1),
            MessagePackCodes.Text16 => (BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]), 2),
            MessagePackCodes.Text32 => ((int)BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]), 4),
            _ => (0, 0),
        };
        return (at + header)..(at + header + size);
    }

    /// <summary>An integer of 64 bits, or null.</summary>
    public static long? Integer(ReadOnlySpan<byte> bytes) =>
        bytes[0] switch
        {
            <= MessagePackCodes.LargestFixInteger => bytes[0],
            >= MessagePackCodes.FirstNegative => unchecked((sbyte)bytes[0]),
            MessagePackCodes.UInt8 => bytes[1],
            MessagePackCodes.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]),
            MessagePackCodes.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]),
            MessagePackCodes.UInt64 => BinaryPrimitives.ReadUInt64BigEndian(bytes[1..])
                is <= long.MaxValue
                    and var value
                ? (long)value
                : null,
            MessagePackCodes.Int8 => unchecked((sbyte)bytes[1]),
            MessagePackCodes.Int16 => BinaryPrimitives.ReadInt16BigEndian(bytes[1..]),
            MessagePackCodes.Int32 => BinaryPrimitives.ReadInt32BigEndian(bytes[1..]),
            MessagePackCodes.Int64 => BinaryPrimitives.ReadInt64BigEndian(bytes[1..]),
            _ => null,
        };

    /// <summary>A number, or null. Writers in other languages may store a whole number as an integer.</summary>
    public static double? Number(ReadOnlySpan<byte> bytes) =>
        bytes[0] switch
        {
            MessagePackCodes.Float64 => BinaryPrimitives.ReadDoubleBigEndian(bytes[1..]),
            MessagePackCodes.Float32 => BinaryPrimitives.ReadSingleBigEndian(bytes[1..]),
            MessagePackCodes.UInt64 => BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]),
            _ => Integer(bytes),
        };

    /// <summary>How many items an array or keys a map has, and how long the header is that says so; null where it is neither.</summary>
    public static (int Count, int Header)? Count(ReadOnlySpan<byte> bytes) =>
        bytes[0] switch
        {
            >= MessagePackCodes.ShortMap and < MessagePackCodes.ShortText => (bytes[0] & 0x0f, 1),
            MessagePackCodes.Array16 or MessagePackCodes.Map16 => (BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]), 3),
            MessagePackCodes.Array32 or MessagePackCodes.Map32 => (
                (int)BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]),
                5
            ),
            _ => null,
        };

    /// <summary>A number's length in bytes, its first one included.</summary>
    public static int NumberLength(byte code) =>
        code switch
        {
            MessagePackCodes.Float64 or MessagePackCodes.UInt64 or MessagePackCodes.Int64 => 9,
            MessagePackCodes.Float32 or MessagePackCodes.UInt32 or MessagePackCodes.Int32 => 5,
            MessagePackCodes.UInt16 or MessagePackCodes.Int16 => 3,
            MessagePackCodes.UInt8 or MessagePackCodes.Int8 => 2,
            _ => 1,
        };
}
