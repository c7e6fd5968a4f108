using System.IO.Hashing;
using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>Finds crc records in bytes that may be damaged.</summary>
internal static class LogMarks
{
    // A map of four keys, "kind", "crc", "from": the only form in which they are written, and none that other values have by chance.
    private static readonly byte[] Beginning = [0x84, 0xa4, .. "kind"u8, 0xa3, .. "crc"u8, 0xa4, .. "from"u8];

    private static readonly byte[] Second = [0xa2, .. "to"u8];

    private static readonly byte[] Third = [0xa5, .. "crc32"u8];

    /// <summary>All of them, in the order of the file.</summary>
    public static List<LogMark> Find(ReadOnlySpan<byte> bytes)
    {
        var marks = new List<LogMark>();
        var at = 0;
        while (bytes[at..].IndexOf(Beginning) is >= 0 and var found)
        {
            var offset = at + found;
            at = offset + 1;
            var next = offset + Beginning.Length;
            if (
                Integer(bytes, ref next) is { } from
                && Follows(bytes, Second, ref next)
                && Integer(bytes, ref next) is { } to
                && Follows(bytes, Third, ref next)
                && Integer(bytes, ref next) is { } crc
            )
            {
                marks.Add(new LogMark(offset, from, to, crc));
                at = next;
            }
        }
        return marks;
    }

    /// <summary>Whether a mark's checksum is that of the bytes between two offsets.</summary>
    public static bool Holds(this LogMark mark, ReadOnlySpan<byte> bytes, int from, int to) =>
        mark.Crc32 == Crc32.HashToUInt32(bytes[from..to]);

    private static bool Follows(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> wanted, ref int at)
    {
        if (!bytes[at..].StartsWith(wanted))
            return false;
        at += wanted.Length;
        return true;
    }

    private static long? Integer(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (at >= bytes.Length)
            return null;
        var length = bytes[at] switch
        {
            <= MessagePackCode.MaxFixInt => 1,
            >= MessagePackCode.UInt8 and <= MessagePackCode.UInt64 => MessagePackValue.NumberLength(bytes[at]),
            _ => 0,
        };
        if (length == 0 || length > bytes.Length - at)
            return null;
        at += length;
        return MessagePackValue.Integer(bytes[(at - length)..]);
    }
}
